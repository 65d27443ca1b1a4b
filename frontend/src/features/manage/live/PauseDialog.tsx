import { Button } from "@mantine/core";
import { useId, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useAnnounce } from "../../../components/Announcer";
import { Dialog } from "../../../components/Dialog";
import { Problem } from "../../../components/Problem";
import { useFieldErrors } from "../form/useFieldErrors";
import { ReasonField, type SupervisionDialogProps } from "./GrantTimeDialog";
import { useSupervision } from "./useSupervision";
import classes from "./live.module.css";

const FIELDS = ["reason"] as const;

export function PauseDialog(props: SupervisionDialogProps) {
  const { t } = useTranslation("manage");
  const formId = useId();
  const [isPending, setPending] = useState(false);
  return (
    <Dialog
      isOpen={props.isOpen}
      onClose={props.onClose}
      title={t("pause.title", { name: props.row.learner.name })}
      footer={
        <>
          <Button variant="default" onClick={props.onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" form={formId} loading={isPending}>
            {t("pause.action")}
          </Button>
        </>
      }
    >
      <PauseForm {...props} formId={formId} onPending={setPending} />
    </Dialog>
  );
}

type FormProps = SupervisionDialogProps & { formId: string; onPending: (isPending: boolean) => void };

function PauseForm({ delivery, row, onClose, formId, onPending }: FormProps) {
  const { t } = useTranslation("manage");
  const announce = useAnnounce();
  const [reason, setReason] = useState("");
  const pausing = useSupervision(delivery, row.id, "pause");
  const { form, errorOf, accept, rest } = useFieldErrors(pausing.error, FIELDS);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (pausing.isPending || !accept(reason.trim() ? {} : { reason: "reason_missing" })) return;
    onPending(true);
    pausing.mutate(
      { reason: reason.trim() },
      {
        onSuccess: () => {
          announce(t("pause.done", { name: row.learner.name }));
          onClose();
        },
        onSettled: () => onPending(false),
      },
    );
  }

  return (
    <form ref={form} id={formId} className={classes.dialog} onSubmit={submit} noValidate>
      <p>{t("pause.words")}</p>
      <ReasonField value={reason} words={t("pause.reason_words")} error={errorOf("reason")} onChange={setReason} />
      {rest ? <Problem error={rest} heading={t("pause.failed")} /> : null}
    </form>
  );
}
