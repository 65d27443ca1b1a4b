import { Button, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Refusal } from "./Refusal";
import classes from "./security.module.css";

interface NameFormProps {
  first: string;
  button: string;
  isPending: boolean;
  error: unknown;
  onName: (name: string) => void;
}

/** What a factor is called, so that its owner knows it again. */
export function NameForm({ first, button, isPending, error, onName }: NameFormProps) {
  const { t } = useTranslation("security");
  const [name, setName] = useState(first);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim() && !isPending) onName(name.trim());
  }

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        label={t("name.label")}
        description={t("name.words")}
        maxLength={64}
        value={name}
        error={name.trim() ? undefined : t("name.missing")}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Refusal error={error} />
      <Button type="submit" loading={isPending}>
        {button}
      </Button>
    </form>
  );
}
