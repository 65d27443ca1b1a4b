import { useEffect, useRef } from "react";
import { ItemTime } from "../sitting/itemTime";

/** Seconds of attention to each question; none while the page is hidden. Returns what adds them up until now. */
export function useStopwatch(position: number): (of: number) => number {
  const spent = useRef(new Map<number, number>());
  const time = useRef<ItemTime | null>(null);
  time.current ??= new ItemTime(() => performance.now());
  const shown = useRef(position);

  const addUp = () => {
    spent.current.set(shown.current, (spent.current.get(shown.current) ?? 0) + (time.current?.take() ?? 0));
  };

  useEffect(() => {
    addUp();
    time.current?.restart();
    shown.current = position;
  }, [position]);

  useEffect(() => {
    const onVisibility = () => {
      addUp();
      time.current?.setAway(document.visibilityState === "hidden");
    };
    document.addEventListener("visibilitychange", onVisibility);
    return () => document.removeEventListener("visibilitychange", onVisibility);
  }, []);

  return (of) => {
    addUp();
    return spent.current.get(of) ?? 0;
  };
}
