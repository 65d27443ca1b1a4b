import { useItem } from "../sittingContext";
import { WordCount, isOverLimit } from "../WordCount";
import type { QuestionProps } from "./Question";
import classes from "./Question.module.css";

const LONG_ANSWER_WORDS = 12;

/** One line for a few words, a larger field where more may be written. */
export function ShortTextQuestion({ item, stemId, disabled }: QuestionProps) {
  const { response, give } = useItem(item);
  const limit = item.question.max_words ?? null;
  const text = response.answer?.text ?? "";
  const countId = `${stemId}-words`;
  const shared = {
    className: classes.text,
    "aria-labelledby": stemId,
    "aria-describedby": countId,
    "aria-invalid": isOverLimit(text, limit) || undefined,
    autoComplete: "off",
    autoCapitalize: "off",
    autoCorrect: "off",
    spellCheck: false,
    value: text,
    disabled,
  };
  return (
    <div className={classes.textBox}>
      {limit !== null && limit <= LONG_ANSWER_WORDS ? (
        <input {...shared} onChange={(event) => give({ text: event.currentTarget.value }, "typing")} />
      ) : (
        <textarea {...shared} rows={5} onChange={(event) => give({ text: event.currentTarget.value }, "typing")} />
      )}
      <WordCount id={countId} text={text} limit={limit} />
    </div>
  );
}
