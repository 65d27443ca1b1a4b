import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { changeDisplay, useDisplay } from "./displaySettings";
import classes from "./SplitPane.module.css";

const LEAST = 25;
const MOST = 75;
const STEP = 5;

/** Stimulus and questions side by side with a divider for mouse, touch and keys; one at a time on a phone. */
export function SplitPane({ first, second, firstName, secondName }: { first: ReactNode; second: ReactNode; firstName: string; secondName: string }) {
  const { t } = useTranslation();
  const { split } = useDisplay();
  const pane = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<"first" | "second">("second");

  const place = (value: number) => changeDisplay({ split: Math.round(Math.min(MOST, Math.max(LEAST, value))) });
  const isRtl = () => document.documentElement.dir === "rtl";

  function drag(event: PointerEvent<HTMLDivElement>) {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !pane.current) return;
    const box = pane.current.getBoundingClientRect();
    const fromLeft = ((event.clientX - box.left) / box.width) * 100;
    place(isRtl() ? 100 - fromLeft : fromLeft);
  }

  function onKey(event: KeyboardEvent) {
    const forward = isRtl() ? "ArrowLeft" : "ArrowRight";
    const back = isRtl() ? "ArrowRight" : "ArrowLeft";
    const values: Record<string, number> = { [forward]: split + STEP, [back]: split - STEP, Home: LEAST, End: MOST };
    const value = values[event.key];
    if (value === undefined || event.altKey) return;
    event.preventDefault();
    place(value);
  }

  return (
    <div className={classes.outer}>
      <div className={classes.toggle} role="group" aria-label={t("split.choose")}>
        <button type="button" aria-pressed={shown === "first"} onClick={() => setShown("first")}>
          {firstName}
        </button>
        <button type="button" aria-pressed={shown === "second"} onClick={() => setShown("second")}>
          {secondName}
        </button>
      </div>
      <div ref={pane} className={classes.pane} data-shown={shown} style={{ "--split": `${split}%` } as React.CSSProperties}>
        <div className={classes.first}>{first}</div>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-noninteractive-tabindex -- the window splitter of the ARIA practices */}
        <div
          className={classes.divider}
          role="separator"
          tabIndex={0}
          aria-orientation="vertical"
          aria-label={t("split.divider")}
          aria-valuenow={split}
          aria-valuemin={LEAST}
          aria-valuemax={MOST}
          onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={drag}
          onDoubleClick={() => place(50)}
          onKeyDown={onKey}
        />
        <div className={classes.second}>{second}</div>
      </div>
    </div>
  );
}
