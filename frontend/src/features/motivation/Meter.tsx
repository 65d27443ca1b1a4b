import classes from "./motivation.module.css";

/** How much of something is done, as a bar; the words beside it say the same. */
export function Meter({ value, max }: { value: number; max: number }) {
  const share = max > 0 ? Math.min(1, value / max) : 0;
  return (
    <span className={classes.track} aria-hidden="true">
      <span className={classes.fill} style={{ inlineSize: `${share * 100}%` }} />
    </span>
  );
}
