import { PasswordInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { hintOf } from "./strength";

interface PasswordFieldProps {
  label: string;
  name: string;
  value: string;
  error?: string | undefined;
  /** What the password must not repeat. */
  about: string[];
  onChange: (value: string) => void;
}

/** A new password: shown or hidden, with a hint in words while it is written. */
export function PasswordField({ label, name, value, error, about, onChange }: PasswordFieldProps) {
  const { t } = useTranslation("account");
  return (
    <PasswordInput
      label={label}
      name={name}
      autoComplete="new-password"
      required
      withAsterisk={false}
      description={t(`strength.${hintOf(value, about)}`)}
      value={value}
      error={error}
      visibilityToggleButtonProps={{ "aria-label": t("password.visibility"), tabIndex: 0 }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
