import type { ReactNode } from "react";
import classes from "./Panel.module.css";

/** A surface that holds one subject. */
export function Panel({ title, children, className }: { title?: string; children: ReactNode; className?: string }) {
  return (
    <section className={[classes.panel, className].filter(Boolean).join(" ")}>
      {title ? <h2 className={classes.title}>{title}</h2> : null}
      {children}
    </section>
  );
}
