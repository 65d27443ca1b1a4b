import { useTranslation } from "react-i18next";
import type { Goal } from "../../api/motivation";
import { useFormats } from "../../app/formats";
import classes from "./motivation.module.css";

const RADIUS = 15.915; // a circumference of 100

/** A goal as a ring, with the same in words beside it. */
export function GoalRing({ goal }: { goal: Goal }) {
  const { t } = useTranslation("motivation");
  const { number } = useFormats();
  const share = Math.min(100, (goal.done / goal.target) * 100);
  return (
    <div className={classes.goal}>
      <svg viewBox="0 0 36 36" className={classes.ring} aria-hidden="true" focusable="false">
        <circle cx="18" cy="18" r={RADIUS} className={classes.ringTrack} />
        <circle cx="18" cy="18" r={RADIUS} className={classes.ringFill} strokeDasharray={`${share} 100`} />
        {goal.is_reached ? <path d="M12 18.500 16.500 23 24.500 14" className={classes.ringCheck} /> : null}
      </svg>
      <div>
        <p className={classes.strong}>
          {t(`goal.done.${goal.kind}`, { done: number(goal.done), target: number(goal.target) })}
        </p>
        <p className={classes.detail}>
          {t(`goal.period.${goal.period}`)}
          {goal.is_reached ? ` · ${t("goal.reached")}` : null}
        </p>
      </div>
    </div>
  );
}
