import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SittingItem } from "../../api/types";
import { Dialog } from "../../components/Dialog";
import { Problem } from "../../components/Problem";
import { isWithin, itemState } from "./screens";
import { useSaved, useSession, useSessionState } from "./sittingContext";
import classes from "./Sheets.module.css";

interface SubmitDialogProps {
  isOpen: boolean;
  onClose: () => void;
  onGo: (position: number) => void;
}

/** Asks once, and shows first what is still open. Hands in only when the server has every answer. */
export function SubmitDialog({ isOpen, onClose, onGo }: SubmitDialogProps) {
  const { t } = useTranslation();
  const session = useSession();
  const { open } = useSessionState();
  const { responses, pending } = useSaved();
  const [state, setState] = useState<"asking" | "sending" | "offline">("asking");
  const [error, setError] = useState<unknown>(null);
  const { items } = session.sitting;

  // The last words typed are on their way while the person reads.
  useEffect(() => {
    if (isOpen) session.saver.wake();
  }, [isOpen, session]);

  function close() {
    setState("asking");
    setError(null);
    onClose();
  }

  const stateOf = (item: SittingItem) => itemState(item, responses.get(String(item.slot)), open);
  const unanswered = items.filter((item) => ["unseen", "seen", "closed"].includes(stateOf(item)));
  const part = items.filter((item) => stateOf(item) === "part");
  const flagged = items.filter((item) => responses.get(String(item.slot))?.flagged);

  async function submit() {
    setState("sending");
    setError(null);
    try {
      const isHandedIn = await session.finish("submitted");
      setState(isHandedIn ? "asking" : "offline");
    } catch (problem) {
      setError(problem);
      setState("asking");
    }
  }

  const list = (title: string, found: SittingItem[]) =>
    found.length > 0 ? (
      <div>
        <h3>{title}</h3>
        <ul className={classes.links}>
          {found.map((item) => (
            <li key={item.position}>
              <button
                type="button"
                aria-label={t("submit.go_to", { number: item.position })}
                aria-disabled={!isWithin(open, item.position) || session.sitting.navigation === "linear" || undefined}
                onClick={() => onGo(item.position)}
              >
                {item.position}
              </button>
            </li>
          ))}
        </ul>
      </div>
    ) : null;

  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title={t("submit.title")}
      footer={
        <>
          <Button variant="default" disabled={state === "sending"} onClick={close}>
            {t("submit.back")}
          </Button>
          <Button loading={state === "sending"} onClick={() => void submit()}>
            {t("submit.confirm")}
          </Button>
        </>
      }
    >
      <div className={classes.facts}>
        <p>
          {t("submit.answered", { count: items.length - unanswered.length, total: items.length })} {t("submit.final")}
        </p>
        {list(t("submit.unanswered", { count: unanswered.length }), unanswered)}
        {list(t("submit.part", { count: part.length }), part)}
        {list(t("submit.flagged", { count: flagged.length }), flagged)}
        {state === "sending" && pending > 0 ? <p role="status">{t("submit.sending", { count: pending })}</p> : null}
        {state === "offline" ? (
          <p className={classes.waiting} role="alert">
            {t("submit.offline", { count: pending })}
          </p>
        ) : null}
        {error ? <Problem error={error} heading={t("submit.failed")} /> : null}
      </div>
    </Dialog>
  );
}
