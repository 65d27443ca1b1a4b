import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from "react";

type Announce = (words: string) => void;

const AnnouncerContext = createContext<Announce>(() => undefined);

/** Says one sentence to screen readers, politely; use it for what happened, never for what is on its way. */
export function useAnnounce(): Announce {
  return useContext(AnnouncerContext);
}

/** One live region for the whole application. */
export function Announcer({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState({ words: "", count: 0 });
  const announce = useCallback<Announce>((words) => setSaid((last) => ({ words, count: last.count + 1 })), []);
  const value = useMemo(() => announce, [announce]);
  return (
    <AnnouncerContext value={value}>
      {children}
      <div className="visually-hidden" role="status" aria-live="polite">
        {/* A new element makes the same words heard a second time. */}
        <span key={said.count}>{said.words}</span>
      </div>
    </AnnouncerContext>
  );
}
