import { useCallback, useEffect, useState } from "react";

const LET_GO_MS = 250;

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
    const ask = (isLastTry: boolean) => {
      navigator.locks
        .request(`sitting/${attempt}`, options, async (lock) => {
          if (isGone) return;
          if (lock) {
            setPlace("here");
            await held;
          } else if (isLastTry) setPlace("elsewhere");
          // After a reload the page before may not have let go yet.
          else setTimeout(() => ask(true), LET_GO_MS);
        })
        .catch(() => {
          // The lock was stolen: the exam goes on in the tab that took it.
          if (isGone) return;
          setTaking(false);
          setPlace("elsewhere");
        });
    };
    ask(false);
    return () => {
      isGone = true;
      release();
    };
  }, [attempt, isTaking]);

  const take = useCallback(() => setTaking(true), []);
  return { place, take };
}
