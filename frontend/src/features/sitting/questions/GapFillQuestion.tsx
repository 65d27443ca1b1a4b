import { useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { RichText } from "../../../components/RichText";
import { useItem } from "../sittingContext";
import { WordCount, isOverLimit } from "../WordCount";
import type { QuestionProps } from "./Question";
import classes from "./Question.module.css";

/** The fields stand in the text itself, in the places the server left open for them. */
export function GapFillQuestion({ item, stemId, disabled }: QuestionProps) {
  const { t } = useTranslation();
  const { response, current, give } = useItem(item);
  const text = useRef<HTMLDivElement>(null);
  const [places, setPlaces] = useState<Map<string, Element>>(new Map());
  const { html = "", gaps = [], choices } = item.question;
  const values = response.answer?.gaps ?? {};
  const limits = [...new Set(gaps.map((gap) => gap.max_words).filter((limit) => limit !== null))];

  useLayoutEffect(() => {
    const found = [...(text.current?.querySelectorAll("[data-gap]") ?? [])];
    setPlaces(new Map(found.map((place) => [place.getAttribute("data-gap") ?? "", place])));
  }, [html]);

  const fill = (id: string, value: string, pace: "now" | "typing") => give({ gaps: { ...current()?.gaps, [id]: value } }, pace);

  return (
    <div role="group" aria-labelledby={stemId}>
      {limits.length === 1 && limits[0] ? (
        <p className={classes.hint}>{t("question.words_each", { count: limits[0] })}</p>
      ) : null}
      <RichText html={html} className={classes.gapText} ref={text} />
      {gaps.map((gap, at) => {
        const place = places.get(gap.id);
        if (!place) return null;
        const value = values[gap.id] ?? "";
        const label = t("question.gap", { number: at + 1, count: gaps.length });
        const isOver = isOverLimit(value, gap.max_words);
        const countId = `${stemId}-gap-${gap.id}`;
        return createPortal(
          <span className={classes.gap}>
            <span className={classes.gapNumber} aria-hidden="true">
              {at + 1}
            </span>
            {choices ? (
              <select
                className={classes.field}
                aria-label={label}
                value={value}
                disabled={disabled}
                onChange={(event) => fill(gap.id, event.currentTarget.value, "now")}
              >
                <option value="">{t("question.choose")}</option>
                {choices.map((choice) => (
                  <option key={choice}>{choice}</option>
                ))}
              </select>
            ) : (
              <input
                className={classes.field}
                aria-label={label}
                aria-describedby={gap.max_words ? countId : undefined}
                aria-invalid={isOver || undefined}
                autoComplete="off"
                autoCapitalize="off"
                autoCorrect="off"
                spellCheck={false}
                value={value}
                disabled={disabled}
                onChange={(event) => fill(gap.id, event.currentTarget.value, "typing")}
              />
            )}
            {gap.max_words && !choices ? (
              <WordCount id={countId} text={value} limit={gap.max_words} isQuiet={!isOver} />
            ) : null}
          </span>,
          place,
          gap.id,
        );
      })}
    </div>
  );
}
