import { useTranslation } from "react-i18next";
import { countWords } from "./answers";
import classes from "./questions/Question.module.css";

export const isOverLimit = (text: string, limit: number | null | undefined) => !!limit && countWords(text) > limit;

interface WordCountProps {
  id: string;
  text: string;
  limit: number | null;
  /** Heard with the field, but not seen. */
  isQuiet?: boolean;
}

/** Tells how many words there are and may be; being over is said in words, never prevented: the person decides what to cut. */
export function WordCount({ id, text, limit, isQuiet = false }: WordCountProps) {
  const { t } = useTranslation();
  const count = countWords(text);
  const isOver = isOverLimit(text, limit);
  return (
    <span id={id} className={isQuiet ? "visually-hidden" : isOver ? classes.over : classes.wordCount}>
      {limit === null
        ? t("question.words", { count })
        : isOver
          ? t("question.words_over", { count, limit })
          : t("question.words_of", { count, limit })}
    </span>
  );
}
