import { useTranslation } from "react-i18next";
import type { AttemptOut } from "../../api/types";
import { useFormats } from "../../app/formats";

/** Why there is no result yet, and when there will be one, in one sentence. */
export function ResultWhen({ result }: { result: AttemptOut["result"] }) {
  const { t } = useTranslation();
  const { dateTimeZone } = useFormats();
  if (result.available) return null;
  if (result.available_reason === "after_window" && result.available_at) {
    return <p>{t("result_when.after_window_at", { when: dateTimeZone(result.available_at) })}</p>;
  }
  const words = {
    now: t("result_when.not_marked"),
    not_marked: t("result_when.not_marked"),
    after_window: t("result_when.after_window"),
    on_release: t("result_when.on_release"),
    never: t("result_when.never"),
  };
  return <p>{words[result.available_reason]}</p>;
}
