import { NativeSelect, Switch, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { cohortsQuery } from "../../../api/manage";
import type { Display, Navigation, ReviewWhat, ReviewWhen } from "../../../api/types";
import { useAcademy } from "../../../app/academy";
import { useFormats } from "../../../app/formats";
import { Panel } from "../../../components/Panel";
import { Problem } from "../../../components/Problem";
import { Choices } from "../parts/Choices";
import { MOST_ATTEMPTS, type DeliveryDraft } from "./draft";
import classes from "./form.module.css";

const NAVIGATIONS: Navigation[] = ["free", "linear"];
const DISPLAYS: Display[] = ["item", "section"];
const WHATS: ReviewWhat[] = ["answers", "domains", "score", "nothing"];
const WHENS: ReviewWhen[] = ["at_once", "after_window", "on_release"];

export const DELIVERY_FIELDS = [
  "title",
  "instructions",
  "cohort",
  "opens_at",
  "closes_at",
  "attempts_allowed",
  "time_limit_seconds",
  "navigation",
  "display",
  "shuffle_items",
  "shuffle_options",
  "review_what",
  "review_when",
  "gives_certificate",
] as const;

export interface FieldsProps {
  draft: DeliveryDraft;
  change: (changes: Partial<DeliveryDraft>) => void;
  errorOf: (field: string) => string | undefined;
}

export function WordsFields({ draft, change, errorOf }: FieldsProps) {
  const { t } = useTranslation("manage");
  return (
    <Panel title={t("form.words")} className={classes.panel}>
      <TextInput
        label={t("form.title")}
        description={t("form.title_words")}
        required
        withAsterisk={false}
        maxLength={200}
        value={draft.title}
        error={errorOf("title")}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <Textarea
        label={t("form.instructions")}
        description={t("form.instructions_words")}
        rows={5}
        resize="vertical"
        value={draft.instructions}
        error={errorOf("instructions")}
        onChange={(event) => change({ instructions: event.currentTarget.value })}
      />
    </Panel>
  );
}

export function WhoAndWhenFields({ draft, change, errorOf }: FieldsProps) {
  const { t } = useTranslation("manage");
  const { slug } = useAcademy();
  const { timeZone } = useFormats();
  const cohorts = useQuery(cohortsQuery(slug));
  return (
    <Panel title={t("form.who_and_when")} className={classes.panel}>
      <NativeSelect
        label={t("form.cohort")}
        value={draft.cohort}
        error={errorOf("cohort")}
        data={[
          { value: "", label: t("form.cohort_everyone") },
          ...(cohorts.data ?? []).map((cohort) => ({
            value: cohort.id,
            label: t("form.cohort_option", { name: cohort.name, count: cohort.learner_count }),
          })),
        ]}
        onChange={(event) => change({ cohort: event.currentTarget.value })}
      />
      {cohorts.error ? <Problem error={cohorts.error} onRetry={() => void cohorts.refetch()} /> : null}
      <div className={classes.pair}>
        <TextInput
          type="datetime-local"
          label={t("form.opens_at")}
          description={t("form.opens_at_words")}
          value={draft.opens_at}
          error={errorOf("opens_at")}
          onChange={(event) => change({ opens_at: event.currentTarget.value })}
        />
        <TextInput
          type="datetime-local"
          label={t("form.closes_at")}
          description={t("form.closes_at_words")}
          value={draft.closes_at}
          error={errorOf("closes_at")}
          onChange={(event) => change({ closes_at: event.currentTarget.value })}
        />
      </div>
      <p className={classes.hint}>{t("window.zone", { zone: timeZone })}</p>
      <TextInput
        className={classes.number}
        type="number"
        inputMode="numeric"
        min={1}
        max={MOST_ATTEMPTS}
        label={t("form.attempts_allowed")}
        value={draft.attempts_allowed}
        error={errorOf("attempts_allowed")}
        onChange={(event) => change({ attempts_allowed: event.currentTarget.value })}
      />
    </Panel>
  );
}

interface ConditionsProps extends FieldsProps {
  /** What holds when the field stays empty, in words. */
  limitWords: string;
  limitPlaceholder?: string;
}

export function ConditionsFields({ draft, change, errorOf, limitWords, limitPlaceholder }: ConditionsProps) {
  const { t } = useTranslation("manage");
  return (
    <Panel title={t("form.conditions")} className={classes.panel}>
      <TextInput
        className={classes.number}
        type="number"
        inputMode="numeric"
        min={1}
        label={t("form.time_limit")}
        description={limitWords}
        placeholder={limitPlaceholder}
        value={draft.time_limit}
        error={errorOf("time_limit_seconds")}
        onChange={(event) => change({ time_limit: event.currentTarget.value })}
      />
      <div className={classes.pair}>
        <Choices
          legend={t("form.navigation")}
          name="navigation"
          value={draft.navigation}
          error={errorOf("navigation")}
          choices={NAVIGATIONS.map((value) => ({
            value,
            label: t(`navigation.${value}`),
            words: t(`navigation.${value}_words`),
          }))}
          onChange={(navigation) => change({ navigation })}
        />
        <Choices
          legend={t("form.display")}
          name="display"
          value={draft.display}
          error={errorOf("display")}
          choices={DISPLAYS.map((value) => ({ value, label: t(`display.${value}`), words: t(`display.${value}_words`) }))}
          onChange={(display) => change({ display })}
        />
      </div>
      <Switch
        label={t("form.shuffle_items")}
        checked={draft.shuffle_items}
        error={errorOf("shuffle_items")}
        onChange={(event) => change({ shuffle_items: event.currentTarget.checked })}
      />
      <Switch
        label={t("form.shuffle_options")}
        checked={draft.shuffle_options}
        error={errorOf("shuffle_options")}
        onChange={(event) => change({ shuffle_options: event.currentTarget.checked })}
      />
    </Panel>
  );
}

export function ReviewFields({ draft, change, errorOf }: FieldsProps) {
  const { t } = useTranslation("manage");
  const { review_what: what, review_when: when } = draft;
  return (
    <Panel title={t("form.review")} className={classes.panel}>
      <div className={classes.pair}>
        <Choices
          legend={t("form.review_what")}
          name="review_what"
          value={what}
          error={errorOf("review_what")}
          choices={WHATS.map((value) => ({ value, label: t(`review_what.${value}`) }))}
          onChange={(review_what) => change({ review_what })}
        />
        {what === "nothing" ? null : (
          <Choices
            legend={t("form.review_when")}
            name="review_when"
            value={when}
            error={errorOf("review_when")}
            choices={WHENS.map((value) => ({ value, label: t(`review_when.${value}`) }))}
            onChange={(review_when) => change({ review_when })}
          />
        )}
      </div>
      <p className={classes.hint}>{what === "nothing" ? t("review.nothing") : t(`review.${what}_${when}`)}</p>
      <Switch
        label={t("form.gives_certificate")}
        description={what === "nothing" ? t("form.gives_certificate_never") : t("form.gives_certificate_words")}
        checked={draft.gives_certificate}
        error={errorOf("gives_certificate")}
        onChange={(event) => change({ gives_certificate: event.currentTarget.checked })}
      />
    </Panel>
  );
}
