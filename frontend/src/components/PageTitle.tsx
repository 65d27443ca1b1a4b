import { useEffect, useRef, type ReactNode } from "react";
import { useLocation } from "react-router";
import classes from "./PageTitle.module.css";

const SITE = "ProficientHub";
let placeInFocus: string | null = null;

/** Focus goes to the heading when the page changes, but not when the site is first opened. */
export function useHeadingFocus() {
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    if (placeInFocus !== null && placeInFocus !== pathname) heading.current?.focus({ preventScroll: true });
    placeInFocus = pathname;
  }, [pathname]);
  return heading;
}

export function useDocumentTitle(title: string, place?: string): void {
  useEffect(() => {
    document.title = [title, place, SITE].filter(Boolean).join(" · ");
  }, [title, place]);
}

interface PageTitleProps {
  title: string;
  /** Named after the title in the browser's tab, e.g. the academy. */
  place?: string;
  /** One sentence below the heading. */
  lead?: ReactNode;
  /** Buttons at the end of the line. */
  actions?: ReactNode;
}

/** The one h1 of a page. */
export function PageTitle({ title, place, lead, actions }: PageTitleProps) {
  const heading = useHeadingFocus();
  useDocumentTitle(title, place);
  return (
    <div className={classes.bar}>
      <div className={classes.words}>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead ? <p className={classes.lead}>{lead}</p> : null}
      </div>
      {actions ? <div className={classes.actions}>{actions}</div> : null}
    </div>
  );
}
