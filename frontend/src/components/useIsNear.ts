import { useEffect, useState, type RefObject } from "react";

/** Whether an element has come near what is in view: what is asked for each of many rows is asked for when it is. */
export function useIsNear(element: RefObject<HTMLElement | null>): boolean {
  const [isNear, setIsNear] = useState(() => !("IntersectionObserver" in window));
  useEffect(() => {
    const watched = element.current;
    if (isNear || !watched) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setIsNear(true), { rootMargin: "200px" });
    observer.observe(watched);
    return () => observer.disconnect();
  }, [element, isNear]);
  return isNear;
}
