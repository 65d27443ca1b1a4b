import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { requestReset } from "../../api/account";
import { ButtonLink } from "../../components/ButtonLink";
import { PageTitle } from "../../components/PageTitle";
import classes from "../session/SignInPage.module.css";
import { Refusal } from "./Refusal";
import { useAccountErrors } from "./useAccountErrors";

export function ForgotPage() {
  const { t } = useTranslation("account");
  const [email, setEmail] = useState("");
  const [isMissing, setMissing] = useState(false);
  const asking = useMutation({ mutationFn: requestReset });
  const { errorOf, overall, rest } = useAccountErrors(asking.error, ["email"]);

  if (asking.isSuccess) {
    return (
      <>
        <PageTitle title={t("forgot.sent_title")} lead={t("forgot.sent_words", { email: asking.variables })} />
        <ButtonLink to="/sign-in">{t("action.sign_in")}</ButtonLink>
      </>
    );
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    setMissing(!email.trim());
    if (email.trim()) asking.mutate(email.trim());
  }

  return (
    <>
      <PageTitle title={t("forgot.title")} lead={t("forgot.lead")} />
      <Refusal overall={overall} rest={rest} />
      <form className={classes.form} onSubmit={submit} noValidate>
        <TextInput
          label={t("field.email")}
          name="email"
          type="email"
          autoComplete="username"
          inputMode="email"
          required
          withAsterisk={false}
          value={email}
          error={isMissing ? t("missing.email") : errorOf("email")}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Button type="submit" loading={asking.isPending} size="md">
          {t("forgot.submit")}
        </Button>
      </form>
      <p className={classes.ways}>
        <Link to="/sign-in">{t("action.sign_in")}</Link>
      </p>
    </>
  );
}
