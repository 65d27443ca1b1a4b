import { Button } from "@mantine/core";
import { useCallback, useEffect, useId, useRef, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Stimulus as StimulusData } from "../../api/types";
import { useAnnounce } from "../../components/Announcer";
import { Icon } from "../../components/Icon";
import { RichText } from "../../components/RichText";
import { paint, selectedStretch, selectSentence } from "./highlighter";
import { commandOf, isMac } from "./keymap";
import { toggleHighlight } from "./notes";
import { useNotes, useNotesKeeper } from "./sittingContext";
import classes from "./Stimulus.module.css";

const NO_MARKS: never[] = [];

/** The text, picture or recording that the questions are about; passages can be marked. */
export function Stimulus({ stimulus }: { stimulus: StimulusData }) {
  const { t, i18n } = useTranslation();
  const announce = useAnnounce();
  const keeper = useNotesKeeper();
  const highlights = useNotes().highlights[stimulus.id] ?? NO_MARKS;
  const text = useRef<HTMLDivElement>(null);
  const titleId = useId();
  const isText = stimulus.html.trim() !== "";

  useEffect(() => {
    if (text.current) paint(text.current, highlights);
  }, [highlights, stimulus.html]);

  const mark = useCallback(() => {
    const stretch = text.current ? selectedStretch(text.current) : null;
    if (!stretch) {
      announce(t("stimulus.select_first"));
      return;
    }
    keeper.highlight(stimulus.id, toggleHighlight(highlights, stretch));
    document.getSelection()?.removeAllRanges();
    announce(t("stimulus.marked"));
  }, [announce, highlights, keeper, stimulus.id, t]);

  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const command = commandOf(event, { isInText: false, isMac: isMac(), hasSingleKeys: false });
      if (command?.kind !== "highlight") return;
      event.preventDefault();
      mark();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [mark]);

  function onSentenceKey(event: KeyboardEvent) {
    if (!event.altKey || !text.current || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    event.preventDefault();
    selectSentence(text.current, i18n.language, event.key === "ArrowDown" ? 1 : -1);
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- it scrolls, so it must be reachable by keyboard
    <section className={classes.stimulus} aria-labelledby={titleId} tabIndex={0} onKeyDown={onSentenceKey}>
      <div className={classes.head}>
        <h2 id={titleId}>{stimulus.title}</h2>
        {isText ? (
          <div className={classes.tools}>
            {/* Pressing a button must not take the selection away before it is read. */}
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<Icon name="marker" size={16} />}
              onPointerDown={(event) => event.preventDefault()}
              onClick={mark}
            >
              {t("stimulus.mark")}
            </Button>
            {highlights.length > 0 ? (
              <Button variant="default" size="compact-sm" onClick={() => keeper.highlight(stimulus.id, [])}>
                {t("stimulus.clear_marks")}
              </Button>
            ) : null}
          </div>
        ) : null}
      </div>
      <Media stimulus={stimulus} />
      {isText ? <RichText ref={text} html={stimulus.html} className={classes.text} /> : null}
      {stimulus.attribution ? <p className={classes.attribution}>{stimulus.attribution}</p> : null}
    </section>
  );
}

function Media({ stimulus }: { stimulus: StimulusData }) {
  if (!stimulus.file_url) return null;
  if (stimulus.kind === "audio") {
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- a listening test; the words are what is being asked
    return <audio className={classes.audio} controls preload="auto" src={stimulus.file_url} aria-label={stimulus.title} />;
  }
  return <img className={classes.image} src={stimulus.file_url} alt={stimulus.title} />;
}
