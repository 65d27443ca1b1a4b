import { useId, useMemo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { PracticeItem } from "../../api/practice";
import type { Stimulus as StimulusData } from "../../api/types";
import { Panel } from "../../components/Panel";
import { RichText } from "../../components/RichText";
import { Question } from "../sitting/questions/Question";
import { DeskContext, type Desk } from "../sitting/sittingContext";
import { Stimulus } from "../sitting/Stimulus";
import { PracticeMarks } from "./desk";
import classes from "./Player.module.css";

interface QuestionCardProps {
  item: PracticeItem;
  stimulus: StimulusData | undefined;
  desk: Desk;
  isGuess: boolean;
  onGuess: (isGuess: boolean) => void;
  /** Why the server did not take the answer. */
  refusal?: string | undefined;
  disabled?: boolean;
  /** The buttons below the question. */
  children: ReactNode;
}

/** A question to be answered, as in an exam, and whether the answer is a guess. */
export function QuestionCard({ item, stimulus, desk, isGuess, onGuess, refusal, disabled = false, children }: QuestionCardProps) {
  const { t } = useTranslation("practice");
  const { t: shared } = useTranslation();
  const stemId = useId();
  const tools = useMemo(() => ({ desk, marks: new PracticeMarks() }), [desk]);
  return (
    <DeskContext value={tools}>
      {stimulus ? (
        <Panel>
          <Stimulus stimulus={stimulus} />
        </Panel>
      ) : null}
      <Panel>
        <article className={classes.question} data-position={item.position} aria-labelledby={`${stemId}-heading`}>
          <h2 id={`${stemId}-heading`} tabIndex={-1}>
            {t("player.question", { number: item.position })}
          </h2>
          <div id={stemId} className={classes.stem}>
            <RichText html={item.stem_html} />
          </div>
          <Question key={item.position} item={item} stemId={stemId} disabled={disabled} />
          <label className={classes.guess}>
            <input type="checkbox" checked={isGuess} disabled={disabled} onChange={(event) => onGuess(event.currentTarget.checked)} />
            {t("player.guess")}
          </label>
          {refusal ? (
            <p className={classes.trouble} role="alert">
              {shared("sitting.refused", { detail: refusal })}
            </p>
          ) : null}
          {children}
        </article>
      </Panel>
    </DeskContext>
  );
}
