import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { meQuery } from "../api/learner";

export interface Formats {
  timeZone: string;
  /** "21 Nov 2026, 10:30" */
  dateTime: (iso: string) => string;
  /** The same with the zone named, where the moment decides something (a deadline). */
  dateTimeZone: (iso: string) => string;
  date: (iso: string) => string;
  time: (iso: string | number) => string;
  number: (value: number, digits?: number) => string;
  percent: (value: number) => string;
  /** "2 hours 5 minutes"; seconds only below two minutes. */
  duration: (seconds: number) => string;
}

export function browserTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** "en" alone would mean the United States; the browser knows which English the person reads. */
function regional(language: string): string {
  return navigator.languages.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? language;
}

export function makeFormats(locale: string, timeZone: string): Formats {
  const language = regional(locale);
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(language, { timeZone, ...options });
    return (when: string | number) => formatter.format(new Date(when));
  };
  const unit = (value: number, name: "hour" | "minute" | "second") =>
    new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: "long" }).format(value);
  return {
    timeZone,
    dateTime: format({ dateStyle: "medium", timeStyle: "short" }),
    dateTimeZone: format({
      year: "numeric",
      month: "short",
      day: "numeric",
      hour: "numeric",
      minute: "2-digit",
      timeZoneName: "short",
    }),
    date: format({ dateStyle: "medium" }),
    time: format({ timeStyle: "short" }),
    number: (value, digits = 1) => new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value),
    percent: (value) =>
      new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }).format(value / 100),
    duration: (seconds) => {
      const whole = Math.max(0, Math.round(seconds));
      if (whole < 120) {
        const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
        const parts = [minutes ? unit(minutes, "minute") : "", rest || !minutes ? unit(rest, "second") : ""];
        return parts.filter(Boolean).join(" ");
      }
      const minutes = Math.round(whole / 60);
      const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
      return [hours ? unit(hours, "hour") : "", rest ? unit(rest, "minute") : ""].filter(Boolean).join(" ");
    },
  };
}

/** Dates in the person's time zone, numbers by their language. */
export function useFormats(): Formats {
  const { i18n } = useTranslation();
  const { data: me } = useQuery({ ...meQuery, enabled: false });
  const timeZone = me?.time_zone || browserTimeZone();
  return useMemo(() => makeFormats(i18n.language, timeZone), [i18n.language, timeZone]);
}
