import { NativeSelect, Switch, TextInput } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Profile } from "../../api/types";
import classes from "./fields.module.css";
import { FACTORS, GOALS, LANGUAGES, LEVELS, MAIL_KINDS } from "./vocabulary";

export interface FieldsProps {
  draft: Profile;
  change: (changes: Partial<Profile>) => void;
  errorOf: (field: string) => string | undefined;
}

export function SkillsFields({ draft, change, errorOf }: FieldsProps) {
  const { t } = useTranslation("onboarding");
  return (
    <>
      <Several
        legend={t("fields.languages")}
        choices={Object.entries(LANGUAGES).map(([value, label]) => ({ value: value as keyof typeof LANGUAGES, label }))}
        chosen={draft.languages}
        onChange={(languages) => change({ languages })}
        error={errorOf("languages")}
      />
      <NativeSelect
        label={t("fields.level")}
        value={draft.level}
        error={errorOf("level")}
        data={[{ value: "", label: t("fields.not_said") }, ...LEVELS.map((value) => ({ value, label: t(`level.${value}`) }))]}
        onChange={(event) => change({ level: event.currentTarget.value as Profile["level"] })}
      />
    </>
  );
}

export function GoalsFields({ draft, change, errorOf }: FieldsProps) {
  const { t } = useTranslation("onboarding");
  return (
    <>
      <Several
        legend={t("fields.goals")}
        choices={GOALS.map((value) => ({ value, label: t(`goal.${value}`) }))}
        chosen={draft.goals}
        onChange={(goals) => change({ goals })}
        error={errorOf("goals")}
      />
      <TextInput
        label={t("fields.target_exam")}
        maxLength={150}
        value={draft.target_exam}
        error={errorOf("target_exam")}
        onChange={(event) => change({ target_exam: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t("fields.target_date")}
        value={draft.target_date ?? ""}
        error={errorOf("target_date")}
        onChange={(event) => change({ target_date: event.currentTarget.value || null })}
      />
    </>
  );
}

export function NeedsFields({ draft, change, errorOf }: FieldsProps) {
  const { t, i18n } = useTranslation("onboarding");
  const percent = (factor: number) => new Intl.NumberFormat(i18n.language, { style: "percent" }).format(factor - 1);
  // One that was told by other means is kept.
  const factors = [...new Set([...FACTORS, draft.time_factor_wanted])].toSorted((one, other) => one - other);
  return (
    <>
      <NativeSelect
        label={t("fields.text_size")}
        value={draft.text_size}
        data={[1, 2, 3, 4].map((size) => ({ value: String(size), label: t(`text_size.${size as 1 | 2 | 3 | 4}`) }))}
        onChange={(event) => change({ text_size: Number(event.currentTarget.value) })}
      />
      <Switch
        label={t("fields.reduced_motion")}
        checked={draft.reduced_motion}
        onChange={(event) => change({ reduced_motion: event.currentTarget.checked })}
      />
      <Switch
        label={t("fields.high_contrast")}
        checked={draft.high_contrast}
        onChange={(event) => change({ high_contrast: event.currentTarget.checked })}
      />
      <NativeSelect
        label={t("fields.time_factor")}
        description={t("fields.time_factor_words")}
        value={draft.time_factor_wanted}
        error={errorOf("time_factor_wanted")}
        data={factors.map((value) => ({
          value: String(value),
          label: value === 1 ? t("fields.no_more_time") : t("fields.more_time", { percent: percent(value) }),
        }))}
        onChange={(event) => change({ time_factor_wanted: Number(event.currentTarget.value) })}
      />
    </>
  );
}

export function MailFields({ draft, change, errorOf }: FieldsProps) {
  const { t } = useTranslation("onboarding");
  const unwanted = new Set(draft.unwanted_mail);
  return (
    <>
      <Several
        legend={t("fields.mail")}
        choices={MAIL_KINDS.map((value) => ({ value, label: t(`mail.${value}`) }))}
        chosen={MAIL_KINDS.filter((kind) => !unwanted.has(kind))}
        onChange={(wanted) => change({ unwanted_mail: MAIL_KINDS.filter((kind) => !wanted.includes(kind)) })}
        error={errorOf("unwanted_mail")}
      />
      <p className={classes.hint}>{t("fields.mail_always")}</p>
    </>
  );
}

export function PrivateFields({ draft, change, errorOf }: FieldsProps) {
  const { t } = useTranslation("onboarding");
  return (
    <>
      <p className={classes.hint}>{t("fields.private_words")}</p>
      <TextInput
        type="tel"
        autoComplete="tel"
        label={t("fields.phone")}
        maxLength={40}
        value={draft.phone}
        error={errorOf("phone")}
        onChange={(event) => change({ phone: event.currentTarget.value })}
      />
      <TextInput
        autoComplete="street-address"
        label={t("fields.postal_address")}
        maxLength={500}
        value={draft.postal_address}
        error={errorOf("postal_address")}
        onChange={(event) => change({ postal_address: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        autoComplete="bday"
        label={t("fields.birth_date")}
        value={draft.birth_date ?? ""}
        error={errorOf("birth_date")}
        onChange={(event) => change({ birth_date: event.currentTarget.value || null })}
      />
    </>
  );
}

interface SeveralProps<T extends string> {
  legend: string;
  choices: { value: T; label: string }[];
  chosen: readonly T[];
  onChange: (chosen: T[]) => void;
  error?: string;
}

/** Some of a few: the browser's own checkboxes. */
function Several<T extends string>({ legend, choices, chosen, onChange, error }: SeveralProps<T>) {
  const id = useId();
  return (
    <fieldset className={classes.set} aria-describedby={error ? id : undefined}>
      <legend>{legend}</legend>
      {error ? (
        <p id={id} className={classes.error}>
          {error}
        </p>
      ) : null}
      <div className={classes.choices}>
        {choices.map(({ value, label }) => (
          <label key={value}>
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={(event) =>
                onChange(event.currentTarget.checked ? [...chosen, value] : chosen.filter((each) => each !== value))
              }
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
