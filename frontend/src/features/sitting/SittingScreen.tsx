import { Button } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { wearComfort } from "../../app/comfort";
import { useAnnounce } from "../../components/Announcer";
import { Icon } from "../../components/Icon";
import { useProblemWords } from "../../components/Problem";
import { DisplaySheet } from "./DisplaySheet";
import { useDisplay } from "./displaySettings";
import { EndedScreen } from "./EndedScreen";
import { Header } from "./Header";
import { HelpSheet } from "./HelpSheet";
import type { Command } from "./keymap";
import { Navigator } from "./Navigator";
import { Notices, useNoticeWords, type ShownNotice } from "./Notices";
import { ScreenView } from "./ScreenView";
import { screenAt, screensOf } from "./screens";
import { SectionDialog } from "./SectionDialog";
import { useSaved, useSession, useSessionState } from "./sittingContext";
import { SubmitDialog } from "./SubmitDialog";
import { pressOption, useCommands } from "./useCommands";
import classes from "./Sitting.module.css";

type Sheet = "navigator" | "help" | "display" | "submit" | "section" | null;

export function SittingScreen({ notices, onDismiss }: { notices: ShownNotice[]; onDismiss: (id: number) => void }) {
  const { t } = useTranslation();
  const session = useSession();
  const state = useSessionState();
  const { responses } = useSaved();
  const display = useDisplay();
  const announce = useAnnounce();
  const words = useNoticeWords();
  const problemWords = useProblemWords();
  const [sheet, setSheet] = useState<Sheet>(null);
  const [moveProblem, setMoveProblem] = useState<unknown>(null);
  const { sitting } = session;
  const screens = useMemo(() => screensOf(sitting.items, sitting.display), [sitting]);
  const at = screenAt(screens, state.position);
  const screen = screens[at];

  const lastNotice = notices.at(-1);
  const announced = useRef(0);
  useEffect(() => {
    if (!lastNotice || lastNotice.id <= announced.current) return;
    announced.current = lastNotice.id;
    announce(words(lastNotice.notice));
  }, [announce, lastNotice, words]);

  // Opening the exam leaves the focus where the browser puts it; moving takes it to the question.
  const shownKey = useRef(screen?.key);
  const wanted = useRef<number | null>(null);
  useEffect(() => {
    const isSameScreen = shownKey.current === screen?.key;
    shownKey.current = screen?.key;
    if (isSameScreen && wanted.current !== state.position) return;
    wanted.current = null;
    document.querySelector<HTMLElement>(`[data-position="${state.position}"] h2`)?.focus();
  }, [state.position, screen?.key]);

  useEffect(() => {
    const root = document.documentElement;
    root.dataset.contrast = display.contrast;
    delete root.dataset.textSize;
    return wearComfort;
  }, [display.contrast]);

  const go = (position: number) => {
    setSheet(null);
    setMoveProblem(null);
    wanted.current = position;
    void session.go(position).catch(setMoveProblem);
  };

  const next = screens[at + 1]?.items[0]?.position;
  const previous = screens[at - 1]?.items[0]?.position;
  const isLast = next === undefined;

  const canGo = (position: number | undefined): position is number => position !== undefined && session.canGo(position);

  function forward() {
    if (isLast) setSheet("submit");
    else if (canGo(next)) go(next);
    else setSheet("section");
  }

  useCommands((command: Command) => {
    switch (command.kind) {
      case "next":
        forward();
        break;
      case "previous":
        if (canGo(previous)) go(previous);
        break;
      case "flag": {
        const slot = String(sitting.items.find((item) => item.position === state.position)?.slot);
        const flagged = !responses.get(slot)?.flagged;
        session.saver.flag(slot, flagged);
        announce(flagged ? t("sitting.now_flagged") : t("sitting.now_unflagged"));
        break;
      }
      case "navigator":
      case "help":
        setSheet(command.kind);
        break;
      case "choose":
      case "strike":
        pressOption(state.position, command.kind, command.option);
        break;
      default:
    }
  }, sheet !== null || state.phase !== "running");

  if (state.ended) return <EndedScreen ended={state.ended} attempt={sitting.attempt} />;
  if (!screen) return null;

  // The marks of the clock are heard; they are shown only to a person who has hidden the timer.
  const shownNotices = notices.filter(({ notice }) => notice.kind !== "minutes_left" || !display.showsTimer);
  const close = () => setSheet(null);

  return (
    <div className={classes.sitting} data-size={display.textSize}>
      <Header section={screen.section} onDisplay={() => setSheet("display")} onHelp={() => setSheet("help")} onSubmit={() => setSheet("submit")} />
      <div role="region" aria-label={t("notice.label")}>
        <Notices notices={shownNotices} onDismiss={onDismiss} />
        {state.message ? <p className={classes.message}>{t("sitting.message", { message: state.message })}</p> : null}
        {moveProblem ? (
          <p className={classes.message} role="alert">
            {t("sitting.cannot_move")} {problemWords(moveProblem)}
          </p>
        ) : null}
      </div>
      <main className={classes.main} aria-label={t("sitting.questions")}>
        {state.phase === "finishing" ? (
          <div className={classes.alone} role="status">
            <h2>{t("sitting.finishing")}</h2>
            <p>{t("sitting.finishing_words")}</p>
          </div>
        ) : state.isPaused ? (
          <div className={classes.alone}>
            <h2>{t("sitting.paused")}</h2>
            <p>{t("sitting.paused_words")}</p>
          </div>
        ) : (
          <ScreenView key={screen.key} screen={screen} />
        )}
      </main>
      <nav className={classes.footer} aria-label={t("sitting.moving")}>
        {sitting.navigation === "free" ? (
          <Button variant="default" disabled={!canGo(previous)} onClick={() => canGo(previous) && go(previous)}>
            {t("sitting.previous")}
          </Button>
        ) : (
          <span className={classes.linear}>{t("sitting.linear")}</span>
        )}
        <Button variant="default" leftSection={<Icon name="grid" size={16} />} onClick={() => setSheet("navigator")}>
          {t("sitting.position", { number: state.position, count: sitting.items.length })}
        </Button>
        <Button disabled={state.phase !== "running" || state.isPaused} onClick={forward}>
          {isLast ? t("sitting.last") : canGo(next) ? t("sitting.next") : t("sitting.next_section")}
        </Button>
      </nav>
      <Navigator isOpen={sheet === "navigator"} onClose={close} onGo={go} />
      <HelpSheet isOpen={sheet === "help"} onClose={close} />
      <DisplaySheet isOpen={sheet === "display"} onClose={close} />
      <SubmitDialog isOpen={sheet === "submit"} onClose={close} onGo={go} />
      <SectionDialog isOpen={sheet === "section"} onClose={close} />
    </div>
  );
}
