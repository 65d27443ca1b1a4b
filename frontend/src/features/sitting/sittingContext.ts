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

/** As much of a sitting as its questions need; practice has a desk of its own. */
export interface Desk {
  attend: (position: number) => void;
  spendNow: () => void;
  saver: Pick<SittingSession["saver"], "subscribe" | "snapshot" | "response" | "answer" | "flag">;
}

type Marks = Pick<NotesKeeper, "subscribe" | "snapshot" | "strike" | "highlight">;

export const DeskContext = createContext<{ desk: Desk; marks: Marks } | null>(null);

function useTools(): SittingTools {
  const tools = useContext(SittingContext);
  if (!tools) throw new Error("This belongs inside a sitting");
  return tools;
}

export const useSession = (): SittingSession => useTools().session;

function useDesk(): { desk: Desk; marks: Marks } {
  const own = useContext(DeskContext);
  const sitting = useContext(SittingContext);
  if (own) return own;
  if (!sitting) throw new Error("This belongs inside a sitting");
  return { desk: sitting.session, marks: sitting.notes };
}

export const useNotesKeeper = (): Marks => useDesk().marks;

export function useSessionState(): SessionState {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, session.state);
}

export function useSaved(): SaverSnapshot {
  const { saver } = useDesk().desk;
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
  const { desk } = useDesk();
  const saved = useSaved();
  const slot = String(item.slot);
  const give = useCallback(
    (answer: Answer, pace: "now" | "typing" = "now") => {
      desk.attend(item.position);
      desk.spendNow();
      desk.saver.answer(slot, orNull(answer), pace);
    },
    [desk, slot, item.position],
  );
  const current = useCallback(() => desk.saver.response(slot).answer, [desk, slot]);
  const clear = useCallback(() => desk.saver.answer(slot, null), [desk, slot]);
  const flag = useCallback((flagged: boolean) => desk.saver.flag(slot, flagged), [desk, slot]);
  return { response: saved.responses.get(slot) ?? NOTHING, refusal: saved.refused.get(slot), current, give, clear, flag };
}
