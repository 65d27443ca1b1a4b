import type { ReactNode } from "react";
import { Icon, type IconName } from "./Icon";
import classes from "./Tag.module.css";

export type Tone = "neutral" | "accent" | "good" | "caution" | "bad";

/** A state in a word; the colour only repeats what the word and the icon say. */
export function Tag({ tone = "neutral", icon, children }: { tone?: Tone; icon?: IconName; children: ReactNode }) {
  return (
    <span className={`${classes.tag} ${classes[tone]}`}>
      {icon ? <Icon name={icon} size={14} /> : null}
      {children}
    </span>
  );
}
