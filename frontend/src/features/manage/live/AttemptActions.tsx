import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { LiveRow } from "../../../api/manageTypes";
import { useAnnounce } from "../../../components/Announcer";
import { Problem } from "../../../components/Problem";
import { EndAttemptDialog } from "./EndAttemptDialog";
import { GrantTimeDialog } from "./GrantTimeDialog";
import { PauseDialog } from "./PauseDialog";
import { useSupervision } from "./useSupervision";
import classes from "./live.module.css";

interface AttemptActionsProps {
  delivery: string;
  row: LiveRow;
  receivedAt: number;
}

/** What can be done about an attempt that is still open. */
export function AttemptActions({ delivery, row, receivedAt }: AttemptActionsProps) {
  const { t } = useTranslation("manage");
  const announce = useAnnounce();
  const [dialog, setDialog] = useState<"grant" | "pause" | "end" | null>(null);
  const resuming = useSupervision(delivery, row.id, "resume");
  const { name } = row.learner;
  const close = () => setDialog(null);
  const isPaused = row.state === "paused";
  const isOpen = isPaused || row.state === "in_progress" || row.state === "created";

  return (
    <>
      {isOpen ? (
        <div className={classes.actions}>
          {row.remaining_seconds === null ? null : (
            <Button size="compact-sm" variant="default" aria-label={t("grant.of", { name })} onClick={() => setDialog("grant")}>
              {t("grant.action")}
            </Button>
          )}
          {isPaused ? (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={t("resume.of", { name })}
              loading={resuming.isPending}
              onClick={() =>
                resuming.mutate({}, { onSuccess: () => announce(t("resume.done", { name })) })
              }
            >
              {t("resume.action")}
            </Button>
          ) : (
            <Button size="compact-sm" variant="default" aria-label={t("pause.of", { name })} onClick={() => setDialog("pause")}>
              {t("pause.action")}
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            className={classes.ending}
            aria-label={t("end.of", { name })}
            onClick={() => setDialog("end")}
          >
            {t("end.action")}
          </Button>
        </div>
      ) : null}
      {resuming.error ? <Problem error={resuming.error} heading={t("resume.failed", { name })} /> : null}
      <GrantTimeDialog delivery={delivery} row={row} isOpen={dialog === "grant"} onClose={close} />
      <PauseDialog delivery={delivery} row={row} isOpen={dialog === "pause"} onClose={close} />
      <EndAttemptDialog delivery={delivery} row={row} receivedAt={receivedAt} isOpen={dialog === "end"} onClose={close} />
    </>
  );
}
