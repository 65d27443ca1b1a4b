import { useTranslation } from "react-i18next";
import { useFormats } from "../../../app/formats";
import type { DeliveryRow } from "../../../api/manageTypes";

/** When it may be sat, in a sentence without a full stop. */
export function useWindowWords(): (delivery: Pick<DeliveryRow, "opens_at" | "closes_at">) => string {
  const { t } = useTranslation("manage");
  const { dateTime } = useFormats();
  return ({ opens_at: opensAt, closes_at: closesAt }) => {
    if (opensAt && closesAt) return t("window.both", { opens: dateTime(opensAt), closes: dateTime(closesAt) });
    if (opensAt) return t("window.from", { opens: dateTime(opensAt) });
    if (closesAt) return t("window.until", { closes: dateTime(closesAt) });
    return t("window.always");
  };
}
