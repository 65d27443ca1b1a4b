import type { ReactNode } from "react";
import classes from "./EmptyState.module.css";

/** What an empty list says: why it is empty, and the next action where there is one. */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <p className={classes.title}>{title}</p>
      {children ? <p className={classes.words}>{children}</p> : null}
      {action ? <div>{action}</div> : null}
    </div>
  );
}
