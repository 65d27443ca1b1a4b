import { useMemo } from "react";
import { useTranslation } from "react-i18next";

// A Monday, in the zone that dates without a time are read in.
const MONDAY = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;

/** Dates without a time, which no zone may move to another day, and the names of weekdays (1 is Monday). */
export function useDays() {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const formatted = (options: Intl.DateTimeFormatOptions) => {
      const formatter = new Intl.DateTimeFormat(i18n.language, { timeZone: "UTC", ...options });
      return (at: number) => formatter.format(at);
    };
    const [long, short] = [formatted({ weekday: "long" }), formatted({ weekday: "short" })];
    const date = formatted({ dateStyle: "medium" });
    return {
      day: (iso: string) => date(Date.parse(`${iso}T00:00:00Z`)),
      weekday: (number: number) => long(MONDAY + (number - 1) * DAY),
      weekdayShort: (number: number) => short(MONDAY + (number - 1) * DAY),
    };
  }, [i18n.language]);
}
