export type Command =
  | { kind: "next" }
  | { kind: "previous" }
  | { kind: "flag" }
  | { kind: "navigator" }
  | { kind: "help" }
  | { kind: "highlight" }
  | { kind: "choose"; option: number }
  | { kind: "strike"; option: number };

/** What a key press means in a sitting; by position of the key, so that it holds on every layout. Null: not ours. */
export function commandOf(
  event: Pick<KeyboardEvent, "altKey" | "ctrlKey" | "metaKey" | "shiftKey" | "code" | "key">,
  place: { isInText: boolean; isMac: boolean; hasSingleKeys: boolean },
): Command | null {
  // Ctrl and Alt together are AltGr on many keyboards: that is typing.
  if (event.ctrlKey || event.metaKey) return null;
  if (event.altKey) {
    // On a Mac, Option and a letter writes a character (Option+N begins ñ).
    if (place.isMac && place.isInText) return null;
    switch (event.code) {
      case "KeyN":
      case "PageDown":
        return { kind: "next" };
      case "KeyP":
      case "PageUp":
        return { kind: "previous" };
      case "KeyF":
        return { kind: "flag" };
      case "KeyG":
        return { kind: "navigator" };
      case "KeyH":
        return { kind: "highlight" };
      default:
        return null;
    }
  }
  if (place.isInText || !place.hasSingleKeys) return null;
  if (event.key === "?") return { kind: "help" };
  const digit = /^(?:Digit|Numpad)([1-8])$/.exec(event.code)?.[1];
  if (!digit) return null;
  return { kind: event.shiftKey ? "strike" : "choose", option: Number(digit) };
}

export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["radio", "checkbox", "button", "range"].includes(target.type);
}

export const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);
