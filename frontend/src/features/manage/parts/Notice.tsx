import type { ReactNode } from "react";
import { Icon } from "../../../components/Icon";
import classes from "./Notice.module.css";

/** Something to know that is not an error. */
export function Notice({ title, children, isAnswer = false }: { title?: string; children: ReactNode; isAnswer?: boolean }) {
  return (
    <div className={classes.notice} role={isAnswer ? "status" : undefined}>
      <span className={classes.icon}>
        <Icon name="info" />
      </span>
      <div className={classes.words}>
        {title ? <strong>{title}</strong> : null}
        {children}
      </div>
    </div>
  );
}
