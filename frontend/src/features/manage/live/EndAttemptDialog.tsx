import { Button } from "@mantine/core";
import { useId, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../../app/formats";
import { useAnnounce } from "../../../components/Announcer";
import { Dialog } from "../../../components/Dialog";
import { Problem } from "../../../components/Problem";
import { useFieldErrors } from "../form/useFieldErrors";
import { ReasonField, type SupervisionDialogProps } from "./GrantTimeDialog";
import { inWords, timeLeft } from "./timeLeft";
import { useSecond } from "./useSecond";
import { useSupervision } from "./useSupervision";
import classes from "./live.module.css";

const FIELDS = ["reason"] as const;

type EndAttemptProps = SupervisionDialogProps & { receivedAt: number };

export function EndAttemptDialog(props: EndAttemptProps) {
  const { t } = useTranslation("manage");
  const formId = useId();
  const [isPending, setPending] = useState(false);
  return (
    <Dialog
      isOpen={props.isOpen}
      onClose={props.onClose}
      title={t("end.title", { name: props.row.learner.name })}
      footer={
        <>
          <Button variant="default" onClick={props.onClose}>
            {t("end.keep")}
          </Button>
          <Button type="submit" form={formId} color="red" className={classes.destructive} loading={isPending}>
            {t("end.confirm")}
          </Button>
        </>
      }
    >
      <EndAttemptForm {...props} formId={formId} onPending={setPending} />
    </Dialog>
  );
}

type FormProps = EndAttemptProps & { formId: string; onPending: (isPending: boolean) => void };

function EndAttemptForm({ delivery, row, receivedAt, onClose, formId, onPending }: FormProps) {
  const { t } = useTranslation("manage");
  const { duration } = useFormats();
  const announce = useAnnounce();
  const [reason, setReason] = useState("");
  const ending = useSupervision(delivery, row.id, "termination");
  const { form, errorOf, accept, rest } = useFieldErrors(ending.error, FIELDS);
  const left = timeLeft(row, receivedAt, useSecond());
  const { name } = row.learner;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (ending.isPending || !accept(reason.trim() ? {} : { reason: "reason_missing" })) return;
    onPending(true);
    ending.mutate(
      { reason: reason.trim() },
      {
        onSuccess: () => {
          announce(t("end.done", { name }));
          onClose();
        },
        onSettled: () => onPending(false),
      },
    );
  }

  return (
    <form ref={form} id={formId} className={classes.dialog} onSubmit={submit} noValidate>
      <ul className={classes.keeps}>
        <li>{t("end.kept", { count: row.answered, total: row.total })}</li>
        <li>
          {left
            ? t("end.lost_with_time", { count: row.total - row.answered, duration: duration(inWords(left)) })
            : t("end.lost", { count: row.total - row.answered })}
        </li>
        <li>{t("end.final")}</li>
      </ul>
      <ReasonField value={reason} words={t("end.reason_words")} error={errorOf("reason")} onChange={setReason} />
      {rest ? <Problem error={rest} heading={t("end.failed")} /> : null}
    </form>
  );
}
