import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { confirmAuthenticator, startAuthenticator } from "../../api/factors";
import type { NewAuthenticator } from "../../api/types";
import { Dialog } from "../../components/Dialog";
import { NameForm } from "./NameForm";
import { Refusal } from "./Refusal";
import classes from "./security.module.css";

interface AddProps {
  isOpen: boolean;
  onClose: () => void;
  /** With the recovery codes that came with the first factor. */
  onEnrolled: (codes: string[]) => void;
}

export function AddAuthenticatorDialog({ isOpen, onClose, onEnrolled }: AddProps) {
  const { t } = useTranslation("security");
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t("authenticator.add")}>
      <Steps onEnrolled={onEnrolled} />
    </Dialog>
  );
}

function Steps({ onEnrolled }: Pick<AddProps, "onEnrolled">) {
  const { t } = useTranslation("security");
  const starting = useMutation({ mutationFn: startAuthenticator });
  if (starting.data) return <FirstCode made={starting.data} onEnrolled={onEnrolled} />;
  return (
    <NameForm
      first={t("authenticator.default_name")}
      button={t("proof.go_on")}
      isPending={starting.isPending}
      error={starting.error}
      onName={starting.mutate}
    />
  );
}

function FirstCode({ made, onEnrolled }: { made: NewAuthenticator } & Pick<AddProps, "onEnrolled">) {
  const { t } = useTranslation("security");
  const [code, setCode] = useState("");
  const confirming = useMutation({
    mutationFn: () => confirmAuthenticator(made.id, code),
    onSuccess: (enrolled) => onEnrolled(enrolled.recovery_codes),
    onError: () => setCode(""),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (code.trim() && !confirming.isPending) confirming.mutate();
  }

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <p>{t("authenticator.scan")}</p>
      <img className={classes.picture} src={`data:image/svg+xml,${encodeURIComponent(made.qr_svg)}`} alt={t("authenticator.picture")} />
      <p>
        {t("authenticator.by_hand")} <code className={classes.secret}>{made.secret}</code>
      </p>
      <TextInput
        label={t("authenticator.first_code")}
        autoComplete="one-time-code"
        inputMode="numeric"
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <Refusal error={confirming.error} />
      <Button type="submit" loading={confirming.isPending}>
        {t("authenticator.confirm")}
      </Button>
    </form>
  );
}
