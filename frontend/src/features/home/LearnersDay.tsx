import { useQuery } from "@tanstack/react-query";
import i18next from "i18next";
import { useEffect } from "react";
import { recommendationsQuery } from "../../api/insights";
import { standingQuery } from "../../api/motivation";
import { reviewTodayQuery } from "../../api/repetition";
import { useAcademy } from "../../app/academy";
import { TodayPanel } from "../motivation/TodayPanel";
import { NextSteps } from "../progress/NextSteps";
import { DueToday } from "../repetition/DueToday";
import { DayAwaited } from "./DayAwaited";
import classes from "./Home.module.css";

await i18next.loadNamespaces(["motivation", "progress", "repetition"]);

/** Beside the exams: cards that are due, streak and goals, and what to do next besides the cards. All of it appears at
    once, so that no panel pushes another away from under a finger; `onShown` tells what stands below. */
export function LearnersDay({ onShown }: { onShown: () => void }) {
  const { slug } = useAcademy();
  const isDueAwaited = useQuery(reviewTodayQuery(slug)).isPending;
  const isStandingAwaited = useQuery(standingQuery(slug)).isPending;
  const areStepsAwaited = useQuery(recommendationsQuery(slug)).isPending;
  const isShown = !isDueAwaited && !isStandingAwaited && !areStepsAwaited;

  useEffect(() => {
    if (isShown) onShown();
  }, [isShown, onShown]);

  if (!isShown) return <DayAwaited />;
  return (
    <aside className={classes.day}>
      <DueToday />
      <TodayPanel />
      <NextSteps most={2} except="review" />
    </aside>
  );
}
