import { useCallback, useEffect, useState } from "react";

/** Two tabs of one exam would fight over every answer. "elsewhere": another tab has it; `take` moves it here. */
export function useOnlyTab(attempt: string): { place: "here" | "elsewhere" | "unknown"; take: () => void } {
  const [place, setPlace] = useState<"here" | "elsewhere" | "unknown">(() => (navigator.locks ? "unknown" : "here"));
  const [isTaking, setTaking] = useState(false);

  useEffect(() => {
    if (!navigator.locks) return undefined;
    let release: () => void = () => undefined;
    let isGone = false;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const options = isTaking ? { steal: true } : { ifAvailable: true };
    navigator.locks
      .request(`sitting/${attempt}`, options, async (lock) => {
        if (isGone) return;
        setPlace(lock ? "here" : "elsewhere");
        if (lock) await held;
      })
      .catch(() => {
        // The lock was stolen: the exam goes on in the tab that took it.
        if (!isGone) {
          setTaking(false);
          setPlace("elsewhere");
        }
      });
    return () => {
      isGone = true;
      release();
    };
  }, [attempt, isTaking]);

  const take = useCallback(() => setTaking(true), []);
  return { place, take };
}
