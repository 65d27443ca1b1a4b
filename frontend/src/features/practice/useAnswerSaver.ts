import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { PracticeDetail } from "../../api/practice";
import { useAcademy } from "../../app/academy";
import { deviceQueue } from "../sitting/deviceStore";
import { Saver } from "../sitting/saver";
import { browserClock } from "../sitting/saving";
import { practiceLane, storedOf, type OnTold } from "./answerSaver";

interface Handlers {
  onTold: OnTold;
  /** Another device has changed the answer to a question since; that answer is shown now. */
  onElsewhere: (position: number) => void;
  /** The server has another state than this page: the session is over, or another device was first. */
  onReload: () => void;
}

/** Saves the answers of a session on this page; null until what the device kept of it has been read. */
export function useAnswerSaver(detail: PracticeDetail, handlers: Handlers): Saver | null {
  const { slug } = useAcademy();
  const [opened, setOpened] = useState<Saver | null>(null);
  const latest = useRef(handlers);
  useLayoutEffect(() => {
    latest.current = handlers;
  });

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const saver = new Saver({
      attempt: detail.session.id,
      lane: practiceLane(slug, detail, (position, told) => latest.current.onTold(position, told)),
      store: deviceQueue,
      clock: browserClock,
      onNotice: ({ kind, slot }) => {
        if (kind === "section_closed") latest.current.onReload();
        else if (kind === "answered_elsewhere") latest.current.onElsewhere(Number(slot));
      },
    });
    let isOver = false;
    saver.subscribe(() => {
      if (isOver || !saver.snapshot().closing) return;
      isOver = true;
      latest.current.onReload();
    });
    void saver.open(storedOf(detail.items)).then(() => {
      if (!signal.aborted) setOpened(saver);
    });
    window.addEventListener("online", () => saver.wake(), { signal });
    window.addEventListener("pagehide", () => saver.sendOnLeave(), { signal });
    window.addEventListener(
      "beforeunload",
      (event) => {
        const { pending, isKept } = saver.snapshot();
        // What the device keeps comes along when the page is opened again.
        if (pending > 0 && !isKept) event.preventDefault();
      },
      { signal },
    );
    return () => {
      controller.abort();
      saver.sendOnLeave();
      saver.stop();
    };
  }, [slug, detail]);

  return opened;
}
