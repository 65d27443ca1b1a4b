import { useTranslation } from "react-i18next";
import type { ReviewItem } from "../../api/types";
import { escapeHtml, optionHtml } from "../sitting/questions/optionText";

export interface KeyRow {
  id: string;
  nameHtml: string;
  mine: string;
  right: string;
  isRight: boolean | undefined;
  why: string | undefined;
}

/** The answer and the key of every type but the choices, as rows of HTML. */
export function useKeyRows(item: ReviewItem): KeyRow[] {
  const { t } = useTranslation();
  const { question, answer, key, parts, why } = item;
  const options = new Map((question.options ?? []).map((option) => [option.id, optionHtml(option)]));
  const option = (id: string | undefined) => (id === undefined ? "" : (options.get(id) ?? escapeHtml(id)));
  const oneOf = (accepted: string[] = []) => accepted.map(escapeHtml).join(` ${t("review.or")} `);
  // Without a verdict for the part, the whole speaks for it where it is clear.
  const whole = item.fraction === 1 ? true : item.fraction === 0 ? false : undefined;
  const row = (id: string, nameHtml: string, mine: string, right: string): KeyRow => ({
    id,
    nameHtml,
    mine,
    right,
    isRight: parts[id] ?? whole,
    why: why[id],
  });

  switch (item.type) {
    case "matching":
      return (question.prompts ?? []).map((prompt) =>
        row(prompt.id, prompt.html, option(answer?.pairs?.[prompt.id]), option(key.pairs?.[prompt.id])),
      );
    case "ordering":
      return (key.order ?? []).map((id, at) => {
        const mine = answer?.order?.[at];
        return {
          ...row(id, escapeHtml(t("review.place", { number: at + 1 })), option(mine), option(id)),
          isRight: mine === undefined ? false : mine === id,
        };
      });
    case "gap_fill":
      return (question.gaps ?? []).map((gap, at) =>
        row(
          gap.id,
          escapeHtml(t("question.gap", { number: at + 1, count: question.gaps?.length ?? 0 })),
          escapeHtml(answer?.gaps?.[gap.id] ?? ""),
          oneOf(key.gaps?.[gap.id]),
        ),
      );
    case "numeric": {
      const withUnit = (number: string, unit: string | null | undefined) => escapeHtml([number, unit].filter(Boolean).join(" "));
      const isAround = key.tolerance !== null && key.tolerance !== undefined && Number(key.tolerance) > 0;
      const around = isAround ? ` (±${key.tolerance}${key.tolerance_kind?.startsWith("percent") || key.tolerance_kind === "relative" ? " %" : ""})` : "";
      return [
        row("answer", escapeHtml(t("review.answer")), withUnit(answer?.number ?? "", answer?.unit), withUnit(String(key.number ?? ""), key.unit) + around),
      ];
    }
    default:
      return [row("answer", escapeHtml(t("review.answer")), escapeHtml(answer?.text ?? ""), oneOf(key.accepted))];
  }
}
