import { Button, PasswordInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import i18next from "i18next";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { changePassword } from "../../api/account";
import { useAnnounce } from "../../components/Announcer";
import { Panel } from "../../components/Panel";
import classes from "../session/SignInPage.module.css";
import { PasswordField } from "./PasswordField";
import { Refusal } from "./Refusal";
import { useAccountErrors } from "./useAccountErrors";

await i18next.loadNamespaces("account");

const NOTHING = { current_password: "", new_password: "" };

/** The panel for another password. The other browsers are signed out by it. `about` is who the person is. */
export function ChangePassword({ about }: { about: string[] }) {
  const { t } = useTranslation("account");
  const announce = useAnnounce();
  const [passwords, setPasswords] = useState(NOTHING);
  const [isMissing, setMissing] = useState(false);
  const changing = useMutation({
    mutationFn: changePassword,
    onSuccess: () => {
      setPasswords(NOTHING);
      announce(t("change.done"));
    },
  });
  const { errorOf, overall, rest } = useAccountErrors(changing.error, ["current_password", "new_password"]);

  function submit(event: FormEvent) {
    event.preventDefault();
    const isFine = passwords.current_password !== "" && passwords.new_password !== "";
    setMissing(!isFine);
    if (isFine) changing.mutate(passwords);
  }

  return (
    <Panel title={t("change.title")}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <p>{t("change.words")}</p>
        <Refusal overall={overall} rest={rest} />
        <PasswordInput
          label={t("field.current_password")}
          name="current_password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={passwords.current_password}
          error={isMissing && !passwords.current_password ? t("missing.password") : errorOf("current_password")}
          visibilityToggleButtonProps={{ "aria-label": t("password.visibility"), tabIndex: 0 }}
          onChange={(event) => setPasswords({ ...passwords, current_password: event.currentTarget.value })}
        />
        <PasswordField
          label={t("field.new_password")}
          name="new_password"
          about={about}
          value={passwords.new_password}
          error={isMissing && !passwords.new_password ? t("missing.password") : errorOf("new_password")}
          onChange={(value) => setPasswords({ ...passwords, new_password: value })}
        />
        <div>
          <Button type="submit" loading={changing.isPending}>
            {t("change.submit")}
          </Button>
        </div>
        {changing.isSuccess ? <p>{t("change.done")}</p> : null}
      </form>
    </Panel>
  );
}
