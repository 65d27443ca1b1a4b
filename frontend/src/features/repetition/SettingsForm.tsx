import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type ChangeEvent, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "../../api/problem";
import { changeReviewSettings, reviewSettingsQuery } from "../../api/repetition";
import type { ReviewSettings } from "../../api/types";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { useAnnounce } from "../../components/Announcer";
import { Problem } from "../../components/Problem";
import classes from "./Repetition.module.css";

type Draft = Pick<ReviewSettings, "daily_limit" | "new_per_day" | "target_date" | "desired_retention">;

/** How much a day brings, up to which exam, and how much may be forgotten. */
export function SettingsForm({ saved }: { saved: ReviewSettings }) {
  const { t } = useTranslation("repetition");
  const { t: shared } = useTranslation();
  const { slug } = useAcademy();
  const { date, percent } = useFormats();
  const announce = useAnnounce();
  const client = useQueryClient();
  const [changes, setChanges] = useState<Partial<Draft>>({});
  const draft = { ...saved, ...changes };
  const saving = useMutation({
    mutationFn: () => {
      const { desired_retention, ...rest } = changes;
      return changeReviewSettings(slug, desired_retention === undefined ? rest : { ...rest, desired_retention: desired_retention.toFixed(2) });
    },
    onSuccess: async (settings) => {
      client.setQueryData(reviewSettingsQuery(slug).queryKey, settings);
      setChanges({});
      announce(t("settings.saved"));
      await client.invalidateQueries({ queryKey: ["academy", slug, "reviews"] });
    },
  });
  const refused = isProblem(saving.error, "validation_error") ? saving.error.fields : [];
  const errorOf = (field: keyof Draft) => refused.find((each) => each.field === field)?.detail;
  const change = (more: Partial<Draft>) => setChanges((now) => ({ ...now, ...more }));
  const whole = ({ currentTarget: { valueAsNumber } }: ChangeEvent<HTMLInputElement>, least: number) =>
    Number.isNaN(valueAsNumber) ? least : Math.round(valueAsNumber);
  const isChanged = Object.keys(changes).length > 0;

  function submit(event: FormEvent) {
    event.preventDefault();
    saving.mutate();
  }

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        type="number"
        label={t("settings.daily_limit")}
        description={t("settings.daily_limit_words")}
        min={1}
        max={1000}
        value={draft.daily_limit}
        error={errorOf("daily_limit")}
        onChange={(event) => change({ daily_limit: whole(event, 1) })}
      />
      <TextInput
        type="number"
        label={t("settings.new_per_day")}
        description={t("settings.new_per_day_words")}
        min={0}
        max={500}
        value={draft.new_per_day}
        error={errorOf("new_per_day")}
        onChange={(event) => change({ new_per_day: whole(event, 0) })}
      />
      <TextInput
        type="date"
        label={t("settings.target_date")}
        description={
          saved.profile_date
            ? t("settings.target_date_profile", { date: date(`${saved.profile_date}T12:00:00`) })
            : t("settings.target_date_words")
        }
        value={draft.target_date ?? ""}
        error={errorOf("target_date")}
        onChange={(event) => change({ target_date: event.currentTarget.value || null })}
      />
      <TextInput
        type="number"
        label={t("settings.retention")}
        description={t("settings.retention_words", { least: percent(80), most: percent(97) })}
        min={80}
        max={97}
        value={Math.round(draft.desired_retention * 100)}
        error={errorOf("desired_retention")}
        onChange={(event) => change({ desired_retention: whole(event, 80) / 100 })}
      />
      {saving.error && refused.length === 0 ? <Problem error={saving.error} heading={t("settings.not_saved")} /> : null}
      <div className={classes.actions}>
        <Button type="submit" disabled={!isChanged} loading={saving.isPending}>
          {shared("action.save")}
        </Button>
        {saving.isSuccess && !isChanged ? <span>{t("settings.saved")}</span> : null}
      </div>
    </form>
  );
}
