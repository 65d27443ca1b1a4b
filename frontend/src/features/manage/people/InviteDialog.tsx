import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { cohortsQuery } from "../../../api/manage";
import { invitationsKey, invite, ROLES, type InvitationIn, type Role } from "../../../api/people";
import { useAcademy } from "../../../app/academy";
import { useAnnounce } from "../../../components/Announcer";
import { Dialog } from "../../../components/Dialog";
import { Problem } from "../../../components/Problem";
import { useFieldErrors } from "../form/useFieldErrors";
import classes from "./people.module.css";

const FIELDS = ["address", "role", "cohort"] as const;

export function InviteDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation("manage");
  const formId = useId();
  const [isPending, setPending] = useState(false);
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={t("people.invite")}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" form={formId} loading={isPending}>
            {t("people.send")}
          </Button>
        </>
      }
    >
      <InviteForm formId={formId} onDone={onClose} onPending={setPending} />
    </Dialog>
  );
}

interface FormProps {
  formId: string;
  onDone: () => void;
  onPending: (isPending: boolean) => void;
}

function InviteForm({ formId, onDone, onPending }: FormProps) {
  const { t } = useTranslation("manage");
  const academy = useAcademy();
  const client = useQueryClient();
  const announce = useAnnounce();
  const cohorts = useQuery(cohortsQuery(academy.slug));
  const [address, setAddress] = useState("");
  const [role, setRole] = useState<Role>("learner");
  const [cohort, setCohort] = useState("");
  const inviting = useMutation({
    mutationFn: (wanted: InvitationIn) => invite(academy.slug, wanted),
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: invitationsKey(academy.slug) });
      announce(t("people.invited", { address: made.address }));
      onDone();
    },
    onSettled: () => onPending(false),
  });
  const { form, errorOf, accept, rest } = useFieldErrors(inviting.error, FIELDS);
  // Only an owner names another owner.
  const roles = ROLES.filter((each) => each !== "owner" || academy.role === "owner");

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!accept(address.trim() ? {} : { address: "address_missing" as const }) || inviting.isPending) return;
    onPending(true);
    inviting.mutate({ address: address.trim(), role, cohort: cohort || null });
  }

  return (
    <form ref={form} id={formId} className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        label={t("people.column.address")}
        description={t("people.address_words")}
        type="email"
        inputMode="email"
        autoComplete="off"
        value={address}
        error={errorOf("address")}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <NativeSelect
        label={t("people.column.role")}
        value={role}
        error={errorOf("role")}
        data={roles.map((value) => ({ value, label: t(`people.role.${value}`) }))}
        onChange={(event) => setRole(roles.find((each) => each === event.currentTarget.value) ?? "learner")}
      />
      <NativeSelect
        label={t("people.column.cohort")}
        value={cohort}
        error={errorOf("cohort")}
        data={[{ value: "", label: t("people.no_cohort") }, ...(cohorts.data ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(event) => setCohort(event.currentTarget.value)}
      />
      {rest ? <Problem error={rest} heading={t("people.not_invited")} /> : null}
    </form>
  );
}
