import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { RichText } from "../../../components/RichText";
import { useItem } from "../sittingContext";
import type { QuestionProps } from "./Question";
import { letter, optionHtml, plainText } from "./optionText";
import classes from "./Question.module.css";

const SHORT = 60;

/** One select per prompt; the options stand above with their letters, because a select shows words only. */
export function MatchingQuestion({ item, stemId, disabled }: QuestionProps) {
  const { t } = useTranslation();
  const { response, current, give } = useItem(item);
  const { prompts = [], options = [], reuse = false } = item.question;
  const pairs = response.answer?.pairs ?? {};
  const names = new Map(options.map((option, at) => [option.id, { letter: letter(at), text: plainText(optionHtml(option)) }]));

  function pair(prompt: string, option: string) {
    const next = { ...current()?.pairs };
    if (option) next[prompt] = option;
    else delete next[prompt];
    give({ pairs: next });
  }

  return (
    <div role="group" aria-labelledby={stemId}>
      <p className={classes.hint}>{reuse ? t("question.match_reuse") : t("question.match_once")}</p>
      <ul className={classes.legend}>
        {options.map((option, at) => (
          <li key={option.id}>
            <b>{letter(at)}</b>
            <RichText as="span" html={optionHtml(option)} />
          </li>
        ))}
      </ul>
      <ol className={classes.prompts}>
        {prompts.map((prompt) => {
          const labelId = `${stemId}-prompt-${prompt.id}`;
          const usedElsewhere = new Set(
            Object.entries(pairs)
              .filter(([id]) => id !== prompt.id)
              .map(([, option]) => option),
          );
          return (
            <li key={prompt.id} className={classes.prompt}>
              <span id={labelId}>
                <RichText as="span" html={prompt.html} />
              </span>
              <NativeSelect
                aria-labelledby={labelId}
                value={pairs[prompt.id] ?? ""}
                disabled={disabled}
                onChange={(event) => pair(prompt.id, event.currentTarget.value)}
              >
                <option value="">{t("question.choose")}</option>
                {options.map((option) => {
                  const name = names.get(option.id);
                  const text = name && name.text.length > SHORT ? `${name.text.slice(0, SHORT)}…` : name?.text;
                  const isUsed = !reuse && usedElsewhere.has(option.id);
                  return (
                    <option key={option.id} value={option.id} disabled={isUsed}>
                      {name?.letter}. {text}
                      {isUsed ? ` (${t("question.used")})` : ""}
                    </option>
                  );
                })}
              </NativeSelect>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
