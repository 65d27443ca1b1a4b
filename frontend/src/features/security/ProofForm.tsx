import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { askForPasskey, stepUp, type Proof } from "../../api/factors";
import type { ProofMethod } from "../../api/types";
import { answerWithPasskey, arePasskeysKnown } from "./passkeys";
import { Refusal } from "./Refusal";
import classes from "./security.module.css";

const TYPED = ["authenticator", "password", "recovery_code"] as const;
type Typed = (typeof TYPED)[number];

/** Asks for one of the proofs that the person can give, and hands it in. */
export function ProofForm({ methods, onProved }: { methods: ProofMethod[]; onProved: () => void }) {
  const { t } = useTranslation("security");
  const hasPasskey = methods.includes("passkey") && arePasskeysKnown();
  const typed = TYPED.filter((each) => methods.includes(each));
  const [chosen, setChosen] = useState<Typed | null>(typed.find((each) => each !== "recovery_code" || !hasPasskey) ?? null);
  const [value, setValue] = useState("");
  const [isMissing, setMissing] = useState(false);

  const proving = useMutation({ mutationFn: stepUp, onSuccess: onProved, onError: () => setValue("") });
  const asking = useMutation({
    mutationFn: async () => answerWithPasskey((await askForPasskey()).options),
    onSuccess: (passkey) => proving.mutate({ passkey }),
  });
  const isBusy = proving.isPending || asking.isPending;

  function submit(event: FormEvent) {
    event.preventDefault();
    setMissing(!value.trim());
    if (!value.trim() || isBusy) return;
    asking.reset();
    const proof: Proof = chosen === "password" ? { password: value } : { code: value };
    proving.mutate(proof);
  }

  function choose(method: Typed) {
    setChosen(method);
    setValue("");
    setMissing(false);
    proving.reset();
  }

  if (!hasPasskey && typed.length === 0) return <p>{t("proof.none")}</p>;
  const field = {
    value,
    error: isMissing ? t("proof.missing") : undefined,
    onChange: (event: FormEvent<HTMLInputElement>) => setValue(event.currentTarget.value),
  };
  return (
    <div className={classes.proof}>
      {hasPasskey ? (
        <Button variant={chosen ? "default" : "filled"} loading={asking.isPending} onClick={() => asking.mutate()}>
          {t("proof.passkey")}
        </Button>
      ) : null}
      {chosen ? (
        <form className={classes.form} onSubmit={submit} noValidate>
          {chosen === "password" ? (
            <PasswordInput
              {...field}
              label={t("proof.password")}
              autoComplete="current-password"
              visibilityToggleButtonProps={{ "aria-label": t("proof.password_visibility"), tabIndex: 0 }}
            />
          ) : (
            <TextInput
              {...field}
              label={t(`proof.${chosen}`)}
              description={t(`proof.${chosen}_words`)}
              autoComplete="one-time-code"
              inputMode={chosen === "authenticator" ? "numeric" : "text"}
            />
          )}
          <Button type="submit" loading={proving.isPending}>
            {t("proof.go_on")}
          </Button>
        </form>
      ) : null}
      <Refusal error={asking.error ?? proving.error} />
      {typed
        .filter((each) => each !== chosen)
        .map((each) => (
          <Button key={each} variant="subtle" size="compact-sm" onClick={() => choose(each)}>
            {t(`proof.instead.${each}`)}
          </Button>
        ))}
    </div>
  );
}
