import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { addAccommodation } from "../../../api/manage";
import type { AccommodationIn, MemberOut } from "../../../api/manageTypes";
import { useAcademy } from "../../../app/academy";
import { useFormats } from "../../../app/formats";
import { useAnnounce } from "../../../components/Announcer";
import { Dialog } from "../../../components/Dialog";
import { Problem } from "../../../components/Problem";
import { useDelivery } from "../delivery/useDelivery";
import { useFieldErrors } from "../form/useFieldErrors";
import { Choices } from "../parts/Choices";
import { MemberSearch } from "./MemberSearch";
import classes from "./accommodations.module.css";

const FIELDS = ["member", "time_factor", "extra_attempts", "note"] as const;
const FACTORS = ["1.00", "1.25", "1.50", "1.75", "2.00", "2.50", "3.00"];
const MOST_EXTRA_ATTEMPTS = 20;

export function AddAccommodationDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation("manage");
  const formId = useId();
  const [isPending, setPending] = useState(false);
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={t("accommodation.add")}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" form={formId} loading={isPending}>
            {t("accommodation.add")}
          </Button>
        </>
      }
    >
      <AddAccommodationForm formId={formId} onDone={onClose} onPending={setPending} />
    </Dialog>
  );
}

interface FormProps {
  formId: string;
  onDone: () => void;
  onPending: (isPending: boolean) => void;
}

function AddAccommodationForm({ formId, onDone, onPending }: FormProps) {
  const { t } = useTranslation("manage");
  const { slug } = useAcademy();
  const delivery = useDelivery();
  const { percent } = useFormats();
  const client = useQueryClient();
  const announce = useAnnounce();
  const [key] = useState(() => crypto.randomUUID());
  const [member, setMember] = useState<MemberOut | null>(null);
  const [factor, setFactor] = useState("1.25");
  const [extra, setExtra] = useState("0");
  const [scope, setScope] = useState<"this" | "all">("this");
  const [note, setNote] = useState("");
  const adding = useMutation({
    mutationFn: (wanted: AccommodationIn) => addAccommodation(slug, wanted, key),
    onSuccess: async (added) => {
      await client.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[1] === slug && queryKey.includes("accommodations"),
      });
      announce(t("accommodation.added", { name: added.member.name }));
      onDone();
    },
    onSettled: () => onPending(false),
  });
  const { form, errorOf, accept, rest } = useFieldErrors(adding.error, FIELDS);

  function submit(event: FormEvent) {
    event.preventDefault();
    const count = Number(extra);
    const isCount = /^\d+$/.test(extra.trim()) && count <= MOST_EXTRA_ATTEMPTS;
    const isNothing = factor === "1.00" && count === 0;
    const isFine = accept({
      ...(member ? {} : { member: "member_missing" as const }),
      ...(isCount ? (isNothing ? { time_factor: "nothing_granted" as const } : {}) : { extra_attempts: "extra_attempts_range" as const }),
    });
    if (!isFine || !member || adding.isPending) return;
    onPending(true);
    adding.mutate({
      member: member.id,
      time_factor: factor,
      extra_attempts: count,
      delivery: scope === "this" ? delivery.id : null,
      note: note.trim(),
    });
  }

  return (
    <form ref={form} id={formId} className={classes.form} onSubmit={submit} noValidate>
      <MemberSearch chosen={member} onChoose={setMember} error={errorOf("member")} />
      <NativeSelect
        label={t("accommodation.column.time")}
        description={t("accommodation.time_words")}
        value={factor}
        error={errorOf("time_factor")}
        data={FACTORS.map((value) => ({
          value,
          label:
            value === "1.00"
              ? t("accommodation.same_time")
              : t("accommodation.more_time", { percent: percent((Number(value) - 1) * 100) }),
        }))}
        onChange={(event) => setFactor(event.currentTarget.value)}
      />
      <TextInput
        type="number"
        inputMode="numeric"
        min={0}
        max={MOST_EXTRA_ATTEMPTS}
        label={t("accommodation.column.attempts")}
        value={extra}
        error={errorOf("extra_attempts")}
        onChange={(event) => setExtra(event.currentTarget.value)}
      />
      <Choices
        legend={t("accommodation.column.scope")}
        name="scope"
        value={scope}
        choices={[
          { value: "this", label: t("accommodation.this_exam") },
          { value: "all", label: t("accommodation.all_exams") },
        ]}
        onChange={setScope}
      />
      <TextInput
        label={t("accommodation.column.note")}
        description={t("accommodation.note_words")}
        maxLength={300}
        value={note}
        error={errorOf("note")}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {rest ? <Problem error={rest} heading={t("accommodation.not_added")} /> : null}
    </form>
  );
}
