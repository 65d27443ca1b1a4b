import { useTranslation } from "react-i18next";

/** A date of the learner's calendar ("2026-03-02"), which is no moment and so belongs to no zone. */
export function usePlainDate(): (iso: string, options?: Intl.DateTimeFormatOptions) => string {
  const { i18n } = useTranslation();
  return (iso, options = { dateStyle: "medium" }) =>
    new Intl.DateTimeFormat(i18n.language, { timeZone: "UTC", ...options }).format(new Date(`${iso}T00:00:00Z`));
}
