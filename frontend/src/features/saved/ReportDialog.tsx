import { Button, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useId, useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { reportItem } from "../../api/saved";
import type { Report, ReportReason } from "../../api/types";
import { useAcademy } from "../../app/academy";
import { useAnnounce } from "../../components/Announcer";
import { Dialog } from "../../components/Dialog";
import { Problem } from "../../components/Problem";
import { Choices } from "../manage/parts/Choices";
import classes from "./QuestionTools.module.css";

const REASONS: ReportReason[] = ["incorrect", "typo", "unclear", "other"];
const LONGEST = 2000;

interface ReportDialogProps {
  item: string;
  isOpen: boolean;
  onClose: () => void;
  onReported: (report: Report) => void;
}

export function ReportDialog(props: ReportDialogProps) {
  const { t } = useTranslation("saved");
  const formId = useId();
  return (
    <Dialog
      isOpen={props.isOpen}
      onClose={props.onClose}
      title={t("report.title")}
      footer={
        <>
          <Button variant="default" onClick={props.onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" form={formId}>
            {t("report.send")}
          </Button>
        </>
      }
    >
      <ReportForm {...props} formId={formId} />
    </Dialog>
  );
}

function ReportForm({ item, onClose, onReported, formId }: ReportDialogProps & { formId: string }) {
  const { t } = useTranslation("saved");
  const { slug } = useAcademy();
  const announce = useAnnounce();
  const [reason, setReason] = useState<ReportReason | "">("");
  const [comment, setComment] = useState("");
  const [faults, setFaults] = useState<{ reason?: string; comment?: string }>({});
  const form = useRef<HTMLFormElement>(null);
  const reporting = useMutation({
    mutationFn: (chosen: ReportReason) => reportItem(slug, item, { reason: chosen, comment: comment.trim() }),
    onSuccess: (report) => {
      announce(t("report.sent"));
      onReported(report);
      onClose();
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (reporting.isPending) return;
    const found = {
      ...(reason === "" ? { reason: t("report.reason_missing") } : {}),
      ...(reason === "other" && !comment.trim() ? { comment: t("report.comment_missing") } : {}),
    };
    setFaults(found);
    if ("reason" in found) form.current?.querySelector<HTMLElement>("input")?.focus();
    else if ("comment" in found) form.current?.querySelector<HTMLElement>("textarea")?.focus();
    else if (reason !== "") reporting.mutate(reason);
  }

  return (
    <form ref={form} id={formId} className={classes.dialog} onSubmit={submit} noValidate>
      <p>{t("report.words")}</p>
      <Choices
        legend={t("report.reason")}
        name="reason"
        choices={REASONS.map((value) => ({ value, label: t(`reason.${value}`) }))}
        value={reason}
        error={faults.reason}
        onChange={setReason}
      />
      <Textarea
        label={reason === "other" ? t("report.comment_needed") : t("report.comment")}
        rows={3}
        maxLength={LONGEST}
        value={comment}
        error={faults.comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      {reporting.error ? <Problem error={reporting.error} heading={t("report.not_sent")} /> : null}
    </form>
  );
}
