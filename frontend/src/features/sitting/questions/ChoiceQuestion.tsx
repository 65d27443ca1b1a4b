import { useTranslation } from "react-i18next";
import { Icon } from "../../../components/Icon";
import { RichText } from "../../../components/RichText";
import { useItem, useNotes, useNotesKeeper } from "../sittingContext";
import type { QuestionProps } from "./Question";
import { optionHtml } from "./optionText";
import classes from "./Question.module.css";

/** Radio buttons or check boxes; each option can be struck out, which changes nothing but its looks. */
export function ChoiceQuestion({ item, stemId, disabled }: QuestionProps) {
  const { t } = useTranslation();
  const { response, give } = useItem(item);
  const keeper = useNotesKeeper();
  const slot = String(item.slot);
  const struck = useNotes().strikes[slot] ?? [];
  const isMultiple = item.type === "multiple_choice";
  const canStrike = item.type !== "true_false_not_given";
  const { options = [], select } = item.question;
  const chosen = isMultiple ? (response.answer?.choices ?? []) : [response.answer?.choice];
  const isFull = isMultiple && !!select && chosen.length >= select;
  const hintId = `${stemId}-hint`;

  function choose(id: string) {
    if (!isMultiple) {
      give({ choice: id });
      return;
    }
    const next = options.map((option) => option.id).filter((each) => (each === id ? !chosen.includes(id) : chosen.includes(each)));
    give({ choices: next });
  }

  return (
    <div role={isMultiple ? "group" : "radiogroup"} aria-labelledby={stemId} aria-describedby={isMultiple ? hintId : undefined}>
      {isMultiple ? (
        <p id={hintId} className={classes.hint}>
          {select ? t("question.choose_n", { count: select }) : t("question.choose_all")}
          {select ? <span className={classes.count}>{t("question.chosen", { count: chosen.length, of: select })}</span> : null}
        </p>
      ) : null}
      <ul className={classes.options}>
        {options.map((option, at) => {
          const isStruck = struck.includes(option.id);
          const isChosen = chosen.includes(option.id);
          // Choosing one too many is refused by not offering it; taking one back frees the others.
          const isBlocked = disabled || (isFull && !isChosen);
          return (
            <li key={option.id} className={classes.option} data-struck={isStruck || undefined} data-chosen={isChosen || undefined}>
              <label className={classes.choice} data-blocked={isBlocked || undefined}>
                <input
                  type={isMultiple ? "checkbox" : "radio"}
                  name={`item-${slot}`}
                  value={option.id}
                  checked={isChosen}
                  disabled={disabled}
                  aria-disabled={isBlocked || undefined}
                  data-option={at + 1}
                  onChange={() => {
                    if (!isBlocked) choose(option.id);
                  }}
                />
                <span className={classes.number} aria-hidden="true">
                  {at + 1}
                </span>
                <RichText as="span" html={optionHtml(option)} className={classes.words} />
                {isStruck ? <span className="visually-hidden">{t("question.struck_out")}</span> : null}
              </label>
              {canStrike ? (
                <button
                  type="button"
                  className={classes.tool}
                  data-strike={at + 1}
                  aria-pressed={isStruck}
                  aria-label={t("question.strike", { number: at + 1 })}
                  title={t("question.strike", { number: at + 1 })}
                  onClick={() => keeper.strike(slot, option.id)}
                >
                  <Icon name="strike" size={16} />
                </button>
              ) : null}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
