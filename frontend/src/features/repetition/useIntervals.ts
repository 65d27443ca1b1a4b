import { useTranslation } from "react-i18next";
import type { ReviewCheck } from "../../api/types";
import { useFormats } from "../../app/formats";

const DAY_SECONDS = 24 * 3600;
const MONTH_DAYS = 60;

/** "1 day", "3 months". */
export function useDayInterval(): (days: number) => string {
  const { t } = useTranslation("repetition");
  return (days) => (days > MONTH_DAYS ? t("interval.months", { count: Math.round(days / 30) }) : t("interval.days", { count: days }));
}

/** "10 minutes", "1 day", "3 months": when a card comes again. */
export function useIntervals(): (grade: ReviewCheck["grades"][number]) => string {
  const { duration } = useFormats();
  const interval = useDayInterval();
  return ({ seconds, days }) => (days === 0 || (days === 1 && seconds < DAY_SECONDS / 24) ? duration(seconds) : interval(days));
}
