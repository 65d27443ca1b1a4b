import { Button } from "@mantine/core";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats";
import { useAnnounce } from "../../components/Announcer";
import { Icon } from "../../components/Icon";
import { changeDisplay, useDisplay } from "../sitting/displaySettings";
import { clockFace, crossedMark, ServerClock } from "../sitting/serverClock";
import classes from "./Player.module.css";

interface QuizClockProps {
  deadline: string;
  /** When the session was fetched, by the server. */
  serverTime: string;
  onEnd: () => void;
}

/** Time left. Never a live region: a few marks are announced, the seconds are not. */
export function QuizClock({ deadline, serverTime, onEnd }: QuizClockProps) {
  const { t } = useTranslation("practice");
  const { duration } = useFormats();
  const announce = useAnnounce();
  const { showsTimer } = useDisplay();
  const [clock] = useState(() => {
    const made = new ServerClock();
    made.sync(serverTime);
    return made;
  });
  const [left, setLeft] = useState(() => clock.secondsUntil(deadline) ?? 0);
  const before = useRef(left);
  const end = useRef(onEnd);
  useLayoutEffect(() => {
    end.current = onEnd;
  });

  useEffect(() => {
    const timer = setInterval(() => {
      const now = clock.secondsUntil(deadline) ?? 0;
      const minutes = crossedMark(before.current, now);
      if (minutes !== null) announce(t("clock.left", { time: duration(minutes * 60) }));
      before.current = now;
      setLeft(now);
      if (now > 0) return;
      clearInterval(timer);
      end.current();
    }, 500);
    return () => clearInterval(timer);
  }, [announce, clock, deadline, duration, t]);

  return (
    <div className={classes.clock}>
      {showsTimer ? (
        <span role="timer" aria-label={t("clock.label", { time: duration(left) })}>
          <b aria-hidden="true">{clockFace(left)}</b>
        </span>
      ) : null}
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<Icon name={showsTimer ? "eyeOff" : "clock"} size={16} />}
        onClick={() => changeDisplay({ showsTimer: !showsTimer })}
      >
        {showsTimer ? t("clock.hide") : t("clock.show")}
      </Button>
    </div>
  );
}
