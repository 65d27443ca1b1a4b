import { useLayoutEffect, useRef } from "react";
import { useDisplay } from "./displaySettings";
import { commandOf, isMac, isTextField, type Command } from "./keymap";

/** Listens for the keys of the sitting, except while a dialog is open; from the moment the page is seen, not after it. */
export function useCommands(run: (command: Command) => void, isBlocked: boolean): void {
  const { hasSingleKeys } = useDisplay();
  const latest = useRef(run);
  useLayoutEffect(() => {
    latest.current = run;
  });
  useLayoutEffect(() => {
    if (isBlocked) return undefined;
    const onKey = (event: KeyboardEvent) => {
      const command = commandOf(event, { isInText: isTextField(event.target), isMac: isMac(), hasSingleKeys });
      // The passage looks after its own highlights.
      if (!command || command.kind === "highlight") return;
      event.preventDefault();
      latest.current(command);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [hasSingleKeys, isBlocked]);
}

/** Options by number work on the controls themselves, so that keyboard and mouse can never disagree. */
export function pressOption(position: number, kind: "choose" | "strike", option: number): void {
  const item = document.querySelector(`[data-position="${position}"]`);
  const control = item?.querySelector<HTMLElement>(kind === "choose" ? `[data-option="${option}"]` : `[data-strike="${option}"]`);
  control?.click();
  if (kind === "choose") control?.focus();
}
