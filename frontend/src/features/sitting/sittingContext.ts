import { createContext, useCallback, useContext, useSyncExternalStore } from "react";
import type { Answer, SittingItem } from "../../api/types";
import { orNull } from "./answers";
import type { Notes, NotesKeeper } from "./notes";
import type { LocalResponse, SaverSnapshot } from "./saving";
import type { SittingSession } from "./session";
import type { SessionState } from "./sessionState";

interface SittingTools {
  session: SittingSession;
  notes: NotesKeeper;
}

export const SittingContext = createContext<SittingTools | null>(null);

function useTools(): SittingTools {
  const tools = useContext(SittingContext);
  if (!tools) throw new Error("This belongs inside a sitting");
  return tools;
}

export const useSession = (): SittingSession => useTools().session;
export const useNotesKeeper = (): NotesKeeper => useTools().notes;

export function useSessionState(): SessionState {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, session.state);
}

export function useSaved(): SaverSnapshot {
  const { saver } = useSession();
  return useSyncExternalStore(saver.subscribe, saver.snapshot);
}

export function useNotes(): Notes {
  const keeper = useNotesKeeper();
  return useSyncExternalStore(keeper.subscribe, keeper.snapshot);
}

export interface ItemHandle {
  response: LocalResponse;
  refusal: string | undefined;
  /** The answer this instant, which may be newer than what was rendered; parts are added to this one. */
  current: () => Answer | null;
  give: (answer: Answer, pace?: "now" | "typing") => void;
  clear: () => void;
  flag: (flagged: boolean) => void;
}

const NOTHING: LocalResponse = { answer: null, flagged: false, seconds: 0, seen: false };

/** One item's response and the ways to change it. */
export function useItem(item: SittingItem): ItemHandle {
  const session = useSession();
  const saved = useSaved();
  const slot = String(item.slot);
  const give = useCallback(
    (answer: Answer, pace: "now" | "typing" = "now") => {
      session.attend(item.position);
      session.spendNow();
      session.saver.answer(slot, orNull(answer), pace);
    },
    [session, slot, item.position],
  );
  const current = useCallback(() => session.saver.response(slot).answer, [session, slot]);
  const clear = useCallback(() => session.saver.answer(slot, null), [session, slot]);
  const flag = useCallback((flagged: boolean) => session.saver.flag(slot, flagged), [session, slot]);
  return { response: saved.responses.get(slot) ?? NOTHING, refusal: saved.refused.get(slot), current, give, clear, flag };
}
