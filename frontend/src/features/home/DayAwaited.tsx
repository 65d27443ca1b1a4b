import { SkeletonRows } from "../../components/DataList";
import classes from "./Home.module.css";

/** Keeps the place of a learner's day, from before its code has come until its figures are there. */
export function DayAwaited() {
  return (
    <aside className={classes.day}>
      <SkeletonRows rows={2} height={180} />
    </aside>
  );
}
