import { useEffect, useState } from "react";
import { openSitting } from "../../api/learner";
import type { Sitting } from "../../api/types";
import { deviceDocuments, deviceQueue } from "./deviceStore";
import { NotesKeeper } from "./notes";
import { browserClock } from "./saving";
import { SittingSession } from "./session";
import type { SittingNotice } from "./sessionState";

export interface OpenedSitting {
  session: SittingSession;
  notes: NotesKeeper;
}

/** Opens a sitting on this page and ties it to the browser's events; null until what the device kept has been read. */
export function useOpenedSitting(slug: string, sitting: Sitting, onNotice: (notice: SittingNotice) => void): OpenedSitting | null {
  const [opened, setOpened] = useState<OpenedSitting | null>(null);

  useEffect(() => {
    const session = new SittingSession({
      sitting,
      fetch: (input, init) => window.fetch(input, init),
      store: deviceQueue,
      documents: deviceDocuments,
      clock: browserClock,
      renewToken: () => openSitting(slug, sitting.attempt.id),
      onNotice,
    });
    const notes = new NotesKeeper({ attempt: sitting.attempt.id, api: session.api, documents: deviceDocuments, clock: browserClock });
    let isGone = false;
    void Promise.all([session.open(), notes.open(sitting.notes, sitting.notes_sequence)]).then(() => {
      if (!isGone) setOpened({ session, notes });
    });
    const release = listen(session);
    return () => {
      isGone = true;
      release();
      session.stop();
      notes.stop();
    };
  }, [slug, sitting, onNotice]);

  return opened;
}

function listen(session: SittingSession): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  const look = () => session.setAway(document.visibilityState === "hidden" || !document.hasFocus());
  document.addEventListener("visibilitychange", look, { signal });
  window.addEventListener("blur", look, { signal });
  window.addEventListener("focus", look, { signal });
  window.addEventListener("online", () => session.setOnline(true), { signal });
  window.addEventListener("offline", () => session.setOnline(false), { signal });
  window.addEventListener("pagehide", () => session.saver.sendOnLeave(), { signal });
  document.addEventListener(
    "fullscreenchange",
    () => {
      if (!document.fullscreenElement) session.record("fullscreen_left");
    },
    { signal },
  );
  window.addEventListener(
    "beforeunload",
    (event) => {
      // Only what would be missing on the server is worth holding somebody back for.
      if (session.saver.snapshot().pending > 0 && session.state().phase === "running") event.preventDefault();
    },
    { signal },
  );
  const timer = setInterval(() => session.tick(), 1000);
  return () => {
    controller.abort();
    clearInterval(timer);
  };
}
