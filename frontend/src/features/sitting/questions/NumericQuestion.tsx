import { useState } from "react";
import { useTranslation } from "react-i18next";
import { parseNumber } from "../answers";
import { useItem } from "../sittingContext";
import type { QuestionProps } from "./Question";
import classes from "./Question.module.css";

/** A number as people write it, with a unit to choose where there are several. */
export function NumericQuestion({ item, stemId, disabled }: QuestionProps) {
  const { t } = useTranslation();
  const { response, give } = useItem(item);
  const { unit: fixedUnit = null, units = [] } = item.question;
  const number = response.answer?.number ?? "";
  // A unit alone is no answer, but choosing it first must not be lost.
  const [chosenUnit, setChosenUnit] = useState<string | null>(null);
  const unit = response.answer?.unit ?? chosenUnit;
  const [draft, setDraft] = useState<string | null>(null);
  const [isLeft, setIsLeft] = useState(false);
  // What is written wins over what is stored as long as both mean the same, so that "3," may become "3,5".
  const shown = draft !== null && (parseNumber(draft) ?? "") === number ? draft : number;
  const isWrong = shown.trim() !== "" && parseNumber(shown) === null;
  const errorId = `${stemId}-error`;

  function write(text: string) {
    setDraft(text);
    setIsLeft(false);
    give({ number: parseNumber(text) ?? "", unit: units.length > 0 ? unit : fixedUnit }, "typing");
  }

  return (
    <div className={classes.numeric}>
      <input
        className={classes.number}
        aria-labelledby={stemId}
        aria-invalid={isWrong || undefined}
        aria-describedby={isWrong && isLeft ? errorId : undefined}
        inputMode="decimal"
        autoComplete="off"
        value={shown}
        disabled={disabled}
        onChange={(event) => write(event.currentTarget.value)}
        onBlur={() => setIsLeft(true)}
      />
      {units.length > 0 ? (
        <select
          className={classes.field}
          aria-label={t("question.unit")}
          value={unit ?? ""}
          disabled={disabled}
          onChange={(event) => {
            const chosen = event.currentTarget.value || null;
            setChosenUnit(chosen);
            give({ number, unit: chosen });
          }}
        >
          <option value="">{t("question.choose_unit")}</option>
          {units.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      ) : fixedUnit ? (
        <span>{fixedUnit}</span>
      ) : null}
      {isWrong && isLeft ? (
        <p id={errorId} className={classes.error}>
          {t("question.not_a_number")}
        </p>
      ) : null}
    </div>
  );
}
