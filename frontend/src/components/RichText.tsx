import type { Ref } from "react";
import classes from "./RichText.module.css";

interface RichTextProps {
  /** HTML made by the server from sanitised content; the policy refuses scripts and styles in it all the same. */
  html: string;
  as?: "div" | "span";
  className?: string;
  ref?: Ref<HTMLDivElement>;
}

export function RichText({ html, as: Element = "div", className, ref }: RichTextProps) {
  return (
    <Element
      ref={ref}
      dir="auto"
      className={[Element === "div" ? classes.block : classes.inline, className].filter(Boolean).join(" ")}
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}
