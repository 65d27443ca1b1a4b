import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { resetPassword } from "../../api/account";
import { ButtonLink } from "../../components/ButtonLink";
import { PageTitle } from "../../components/PageTitle";
import classes from "../session/SignInPage.module.css";
import { PasswordField } from "./PasswordField";
import { Refusal } from "./Refusal";
import { useAccountErrors } from "./useAccountErrors";

/** Who the person is, only the server knows here. */
const NOBODY: string[] = [];

export function ResetPage() {
  const { t } = useTranslation("account");
  const { key = "" } = useParams();
  const [password, setPassword] = useState("");
  const [isMissing, setMissing] = useState(false);
  const setting = useMutation({ mutationFn: (wanted: string) => resetPassword(key, wanted) });
  const { errorOf, overall, rest } = useAccountErrors(setting.error, ["password"]);

  if (setting.isSuccess) {
    return (
      <>
        <PageTitle title={t("reset.done_title")} lead={t("reset.done_words")} />
        <ButtonLink to="/sign-in">{t("action.sign_in")}</ButtonLink>
      </>
    );
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    setMissing(!password);
    if (password) setting.mutate(password);
  }

  return (
    <>
      <PageTitle title={t("reset.title")} lead={t("reset.lead")} />
      <Refusal overall={overall} rest={rest} />
      <form className={classes.form} onSubmit={submit} noValidate>
        <PasswordField
          label={t("field.new_password")}
          name="password"
          about={NOBODY}
          value={password}
          error={isMissing ? t("missing.password") : errorOf("password")}
          onChange={setPassword}
        />
        <Button type="submit" loading={setting.isPending} size="md">
          {t("reset.submit")}
        </Button>
      </form>
      {overall ? <ButtonLink to="/forgot" variant="default">{t("reset.again")}</ButtonLink> : null}
    </>
  );
}
