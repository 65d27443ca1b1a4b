import { Button, TextInput } from "@mantine/core";
import { useId, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { LiveRow } from "../../../api/manageTypes";
import { useAnnounce } from "../../../components/Announcer";
import { Dialog } from "../../../components/Dialog";
import { Problem } from "../../../components/Problem";
import { useFieldErrors } from "../form/useFieldErrors";
import { useSupervision } from "./useSupervision";
import classes from "./live.module.css";

export interface SupervisionDialogProps {
  delivery: string;
  row: LiveRow;
  isOpen: boolean;
  onClose: () => void;
}

const FIELDS = ["minutes", "reason"] as const;
const QUICK = [5, 10, 15, 30];
const MOST_MINUTES = 240;

export function GrantTimeDialog(props: SupervisionDialogProps) {
  const { t } = useTranslation("manage");
  const formId = useId();
  const [isPending, setPending] = useState(false);
  return (
    <Dialog
      isOpen={props.isOpen}
      onClose={props.onClose}
      title={t("grant.title", { name: props.row.learner.name })}
      footer={
        <>
          <Button variant="default" onClick={props.onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" form={formId} loading={isPending}>
            {t("grant.action")}
          </Button>
        </>
      }
    >
      <GrantTimeForm {...props} formId={formId} onPending={setPending} />
    </Dialog>
  );
}

type FormProps = SupervisionDialogProps & { formId: string; onPending: (isPending: boolean) => void };

function GrantTimeForm({ delivery, row, onClose, formId, onPending }: FormProps) {
  const { t } = useTranslation("manage");
  const announce = useAnnounce();
  const [minutes, setMinutes] = useState("10");
  const [reason, setReason] = useState("");
  const granting = useSupervision(delivery, row.id, "extra-time");
  const { form, errorOf, accept, rest } = useFieldErrors(granting.error, FIELDS);
  const { name } = row.learner;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (granting.isPending) return;
    const count = Number(minutes);
    const isMinutes = Number.isInteger(count) && count >= 1 && count <= MOST_MINUTES;
    const isFine = accept({
      ...(isMinutes ? {} : { minutes: "extra_range" as const }),
      ...(reason.trim() ? {} : { reason: "reason_missing" as const }),
    });
    if (!isFine) return;
    onPending(true);
    granting.mutate(
      { minutes: count, reason: reason.trim() },
      {
        onSuccess: () => {
          announce(t("grant.done", { name, count }));
          onClose();
        },
        onSettled: () => onPending(false),
      },
    );
  }

  return (
    <form ref={form} id={formId} className={classes.dialog} onSubmit={submit} noValidate>
      <p>{t("grant.words")}</p>
      <TextInput
        type="number"
        inputMode="numeric"
        min={1}
        max={MOST_MINUTES}
        label={t("grant.minutes")}
        description={t("grant.minutes_words")}
        value={minutes}
        error={errorOf("minutes")}
        onChange={(event) => setMinutes(event.currentTarget.value)}
      />
      <div className={classes.quick} role="group" aria-label={t("grant.quick")}>
        {QUICK.map((count) => (
          <Button
            key={count}
            size="compact-sm"
            variant={minutes === String(count) ? "light" : "default"}
            aria-pressed={minutes === String(count)}
            onClick={() => setMinutes(String(count))}
          >
            {t("count.minutes", { count })}
          </Button>
        ))}
      </div>
      <ReasonField value={reason} error={errorOf("reason")} onChange={setReason} />
      {rest ? <Problem error={rest} heading={t("grant.failed")} /> : null}
    </form>
  );
}

export function ReasonField(props: { value: string; error?: string; words?: string; onChange: (text: string) => void }) {
  const { t } = useTranslation("manage");
  return (
    <TextInput
      label={t("reason.label")}
      description={props.words ?? t("reason.words")}
      maxLength={200}
      value={props.value}
      error={props.error}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}
