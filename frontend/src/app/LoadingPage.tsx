import { SkeletonRows } from "../components/DataList";
import classes from "./Alone.module.css";

export function LoadingPage() {
  return (
    <main className={classes.alone}>
      <SkeletonRows rows={3} height={72} />
    </main>
  );
}
