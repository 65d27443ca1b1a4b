import i18next from "i18next";
import { TodayPanel } from "../motivation/TodayPanel";
import { NextSteps } from "../progress/NextSteps";
import { DueToday } from "../repetition/DueToday";
import classes from "./Home.module.css";

await i18next.loadNamespaces(["motivation", "progress", "repetition"]);

/** Beside the exams: streak and goals, cards that are due, and what to do next. */
export function LearnersDay() {
  return (
    <aside className={classes.day}>
      <TodayPanel />
      <DueToday />
      <NextSteps most={2} />
    </aside>
  );
}
