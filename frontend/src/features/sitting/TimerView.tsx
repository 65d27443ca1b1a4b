import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats";
import { Icon } from "../../components/Icon";
import { changeDisplay, useDisplay } from "./displaySettings";
import { clockFace } from "./serverClock";
import { useSession, useSessionState } from "./sittingContext";
import classes from "./Header.module.css";

/** Time left, the nearer of section and exam first. Never a live region: the marks are announced, the seconds are not. */
export function TimerView() {
  const { t } = useTranslation();
  const { duration } = useFormats();
  const session = useSession();
  const { isPaused } = useSessionState();
  const { showsTimer } = useDisplay();
  const [left, setLeft] = useState(() => session.secondsLeft());

  useEffect(() => {
    const timer = setInterval(() => setLeft(session.secondsLeft()), 500);
    return () => clearInterval(timer);
  }, [session]);

  const isSection = left.section !== null && (left.attempt === null || left.section <= left.attempt);
  const seconds = isSection ? left.section : left.attempt;
  if (seconds === null) return <span className={classes.noTimer}>{t("timer.none")}</span>;
  const name = isSection ? t("timer.section") : t("timer.exam");
  return (
    <div className={classes.timer} data-short={seconds <= 300 || undefined}>
      {isPaused ? (
        <b>{t("timer.paused")}</b>
      ) : showsTimer ? (
        <span role="timer" aria-label={`${name}: ${duration(seconds)}`}>
          <span className={classes.timerName} aria-hidden="true">
            {name}
          </span>{" "}
          <b aria-hidden="true">{clockFace(seconds)}</b>
        </span>
      ) : null}
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<Icon name={showsTimer ? "eyeOff" : "clock"} size={16} />}
        className={classes.quiet}
        aria-label={showsTimer ? t("timer.hide_label") : undefined}
        onClick={() => changeDisplay({ showsTimer: !showsTimer })}
      >
        {showsTimer ? t("timer.hide") : t("timer.show")}
      </Button>
    </div>
  );
}
