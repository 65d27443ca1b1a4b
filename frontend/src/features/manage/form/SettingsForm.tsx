import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { changeDelivery, deliveryQuery } from "../../../api/manage";
import type { DeliveryChanges, DeliveryOut } from "../../../api/manageTypes";
import { isProblem } from "../../../api/problem";
import { useAcademy } from "../../../app/academy";
import { useFormats } from "../../../app/formats";
import { useAnnounce } from "../../../components/Announcer";
import { Panel } from "../../../components/Panel";
import { Problem } from "../../../components/Problem";
import { Notice } from "../parts/Notice";
import { ConditionsFields, DELIVERY_FIELDS, ReviewFields, WhoAndWhenFields, WordsFields } from "./DeliveryFields";
import { changesBetween, issuesOf, type DeliveryDraft } from "./draft";
import { useFieldErrors } from "./useFieldErrors";
import classes from "./form.module.css";

interface SettingsFormProps {
  delivery: DeliveryOut;
  saved: DeliveryDraft;
  onSaved: (delivery: DeliveryOut) => void;
}

export function SettingsForm({ delivery, saved, onSaved }: SettingsFormProps) {
  const { t } = useTranslation("manage");
  const { slug } = useAcademy();
  const { timeZone } = useFormats();
  const announce = useAnnounce();
  const client = useQueryClient();
  const [draft, setDraft] = useState(saved);
  const saving = useMutation({
    mutationFn: (changes: Partial<DeliveryChanges>) => changeDelivery(slug, delivery.id, changes),
    onSuccess: (changed) => {
      client.setQueryData(deliveryQuery(slug, delivery.id).queryKey, changed);
      void client.invalidateQueries({ queryKey: ["academy", slug, "manage", "deliveries"] });
      announce(t("settings.saved"));
      onSaved(changed);
    },
  });
  const { form, errorOf, hasErrors, accept, rest } = useFieldErrors(saving.error, DELIVERY_FIELDS);
  const change = (changes: Partial<DeliveryDraft>) => setDraft((now) => ({ ...now, ...changes }));
  const changes = changesBetween(saved, draft, timeZone);
  const isTouched = Object.keys(changes).length > 0;
  const isInUse = isProblem(saving.error, "delivery_in_use");
  const { in_progress: sitting, submitted, marked } = delivery.counts;
  const isStarted = sitting + submitted + marked > 0;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (saving.isPending) return;
    if (accept(issuesOf(draft, timeZone))) saving.mutate(changes);
    else saving.reset();
  }

  return (
    <form ref={form} className={classes.form} onSubmit={submit} noValidate>
      <WordsFields draft={draft} change={change} errorOf={errorOf} />
      <WhoAndWhenFields draft={draft} change={change} errorOf={errorOf} />
      <ReviewFields draft={draft} change={change} errorOf={errorOf} />
      {isStarted ? (
        <FixedConditions delivery={delivery} />
      ) : (
        <ConditionsFields draft={draft} change={change} errorOf={errorOf} limitWords={t("form.time_limit_empty_is_none")} />
      )}
      {isInUse && saving.error ? (
        <Notice title={t("settings.in_use")} isAnswer>
          <p>{saving.error.message}</p>
          <Button
            variant="default"
            size="xs"
            onClick={() => {
              const { time_limit, navigation, display, shuffle_items, shuffle_options } = saved;
              change({ time_limit, navigation, display, shuffle_items, shuffle_options });
              saving.reset();
              void client.invalidateQueries({ queryKey: deliveryQuery(slug, delivery.id).queryKey });
            }}
          >
            {t("settings.put_back")}
          </Button>
        </Notice>
      ) : rest ? (
        <Problem error={rest} heading={t("settings.not_saved")} />
      ) : null}
      {hasErrors ? (
        <p className={classes.wrong} role="alert">
          {t("form.some_wrong")}
        </p>
      ) : null}
      <div className={classes.foot}>
        <Button type="submit" size="md" loading={saving.isPending} disabled={!isTouched}>
          {t("action.save_changes")}
        </Button>
        {isTouched ? (
          <Button
            variant="default"
            size="md"
            onClick={() => {
              setDraft(saved);
              accept({});
              saving.reset();
            }}
          >
            {t("settings.undo")}
          </Button>
        ) : (
          <span className={classes.hint}>{t("settings.no_changes")}</span>
        )}
      </div>
    </form>
  );
}

/** What can no longer change, still said, because it explains what learners meet. */
function FixedConditions({ delivery }: { delivery: DeliveryOut }) {
  const { t } = useTranslation("manage");
  const { duration } = useFormats();
  const yesNo = (value: boolean) => (value ? t("yes") : t("no"));
  return (
    <Panel title={t("form.conditions")} className={classes.panel}>
      <p className={classes.hint}>{t("settings.fixed")}</p>
      <dl className={classes.facts}>
        <dt>{t("settings.time_limit")}</dt>
        <dd>{delivery.time_limit_seconds === null ? t("exam.no_limit") : duration(delivery.time_limit_seconds)}</dd>
        <dt>{t("form.navigation")}</dt>
        <dd>{t(`navigation.${delivery.navigation}`)}</dd>
        <dt>{t("form.display")}</dt>
        <dd>{t(`display.${delivery.display}`)}</dd>
        <dt>{t("form.shuffle_items")}</dt>
        <dd>{yesNo(delivery.shuffle_items)}</dd>
        <dt>{t("form.shuffle_options")}</dt>
        <dd>{yesNo(delivery.shuffle_options)}</dd>
      </dl>
    </Panel>
  );
}
