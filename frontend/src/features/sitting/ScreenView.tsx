import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { RichText } from "../../components/RichText";
import { ItemView } from "./ItemView";
import type { Screen } from "./screens";
import { SplitPane } from "./SplitPane";
import { Stimulus } from "./Stimulus";
import { useSession, useSessionState } from "./sittingContext";
import classes from "./Sitting.module.css";

/** One screen of the exam: the stimulus, if any, beside its questions. */
export function ScreenView({ screen }: { screen: Screen }) {
  const { t } = useTranslation();
  const { sitting } = useSession();
  const { position } = useSessionState();
  const questions = useRef<HTMLDivElement>(null);
  const stimulus = screen.stimulus ? sitting.stimuli[screen.stimulus] : undefined;
  const section = sitting.sections.find((each) => each.index === screen.section);
  const isSectionStart = section?.first === screen.items[0]?.position;

  // Several questions on one screen: going to one of them brings it into view.
  useEffect(() => {
    if (screen.items.length < 2) return;
    const item = questions.current?.querySelector(`[data-position="${position}"]`);
    if (item && !item.contains(document.activeElement)) item.scrollIntoView({ block: "nearest" });
  }, [position, screen.items.length]);

  const body = (
    <div ref={questions} className={stimulus ? classes.questions : classes.single}>
      {isSectionStart && section?.instructions_html ? (
        <details className={classes.instructions} open>
          <summary>{t("sitting.instructions", { title: section.title })}</summary>
          <RichText html={section.instructions_html} />
        </details>
      ) : null}
      {screen.items.map((item) => (
        <ItemView key={item.position} item={item} />
      ))}
    </div>
  );
  if (!stimulus) return <div className={classes.scroll}>{body}</div>;
  return (
    <SplitPane
      first={<Stimulus key={stimulus.id} stimulus={stimulus} />}
      second={body}
      firstName={stimulus.title}
      secondName={t("sitting.question_tab", { count: screen.items.length })}
    />
  );
}
