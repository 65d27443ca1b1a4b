import i18next from "i18next";
import { TodayPanel } from "../motivation/TodayPanel";
import { NextSteps } from "../progress/NextSteps";
import { DueToday } from "../repetition/DueToday";
import classes from "./Home.module.css";

await i18next.loadNamespaces(["motivation", "progress", "repetition"]);

/** Beside the exams: cards that are due, streak and goals, and what to do next besides the cards. */
export function LearnersDay() {
  return (
    <aside className={classes.day}>
      <DueToday />
      <TodayPanel />
      <NextSteps most={2} except="review" />
    </aside>
  );
}
