import { useTranslation } from "react-i18next";
import type { ReviewItem } from "../../api/types";
import { RichText } from "../../components/RichText";
import { Tag } from "../../components/Tag";
import { optionHtml } from "../sitting/questions/optionText";
import classes from "./ReviewPage.module.css";

/** Every option with what it was: right or not, chosen or not, and why. */
export function OptionsReview({ item }: { item: ReviewItem }) {
  const { t } = useTranslation();
  const right = new Set(item.key.choices ?? [item.key.choice]);
  const chosen = new Set(item.answer?.choices ?? [item.answer?.choice]);
  return (
    <ul className={classes.options}>
      {(item.question.options ?? []).map((option) => {
        const isRight = right.has(option.id);
        const isChosen = chosen.has(option.id);
        const why = item.why[option.id];
        return (
          <li key={option.id} data-right={isRight || undefined} data-chosen={isChosen || undefined}>
            <div className={classes.optionHead}>
              <RichText as="span" html={optionHtml(option)} />
              <span className={classes.tags}>
                {isChosen ? <Tag tone={isRight ? "good" : "bad"}>{t("review.your_answer")}</Tag> : null}
                {isRight ? (
                  <Tag tone="good" icon="check">
                    {t("review.right_answer")}
                  </Tag>
                ) : null}
              </span>
            </div>
            {why ? <RichText html={why} className={classes.why} /> : null}
          </li>
        );
      })}
    </ul>
  );
}
