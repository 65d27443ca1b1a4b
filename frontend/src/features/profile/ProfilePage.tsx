import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { meQuery, updateMe } from "../../api/learner";
import { isProblem } from "../../api/problem";
import type { Me, MeIn } from "../../api/types";
import { useAcademy } from "../../app/academy";
import { AppearanceControl } from "../../app/AppearanceControl";
import { browserTimeZone, makeFormats } from "../../app/formats";
import { isLocale, speak } from "../../app/i18n";
import { LANGUAGE_NAMES } from "../../app/LanguageSelect";
import { useAnnounce } from "../../components/Announcer";
import { PageTitle } from "../../components/PageTitle";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import classes from "./ProfilePage.module.css";

export function ProfilePage() {
  const { t } = useTranslation();
  const { name } = useAcademy();
  const { data: me } = useQuery({ ...meQuery, enabled: false });
  return (
    <>
      <PageTitle title={t("profile.title")} place={name} />
      <div className={classes.parts}>
        <Panel title={t("profile.person")}>{me ? <PersonForm me={me} /> : null}</Panel>
        <Panel title={t("appearance.label")}>
          <p className={classes.words}>{t("profile.appearance_words")}</p>
          <AppearanceControl isLegendHidden />
        </Panel>
      </div>
    </>
  );
}

function timeZones(current: string): string[] {
  const known = Intl.supportedValuesOf("timeZone");
  return [...new Set([...known, "UTC", current, browserTimeZone()])].toSorted();
}

function PersonForm({ me }: { me: Me }) {
  const { t, i18n } = useTranslation();
  const announce = useAnnounce();
  const client = useQueryClient();
  const [draft, setDraft] = useState<Required<MeIn>>({ name: me.name, locale: me.locale, time_zone: me.time_zone });
  const [openedAt] = useState(() => Date.now());
  const zones = useMemo(() => timeZones(me.time_zone), [me.time_zone]);
  const saving = useMutation({
    mutationFn: updateMe,
    onSuccess: async (saved) => {
      client.setQueryData(meQuery.queryKey, saved);
      await speak(saved.locale);
      announce(i18n.t("profile.saved"));
    },
  });
  const isChanged = draft.name !== me.name || draft.locale !== me.locale || draft.time_zone !== me.time_zone;
  const fields = isProblem(saving.error, "validation_error") ? saving.error.fields : [];
  const errorOf = (field: string) => fields.find((each) => each.field === field)?.detail;
  const now = makeFormats(i18n.language, draft.time_zone).time(openedAt);

  function submit(event: FormEvent) {
    event.preventDefault();
    saving.mutate(draft);
  }

  return (
    <form className={classes.form} onSubmit={submit}>
      <p className={classes.words}>{t("profile.email", { email: me.email })}</p>
      <TextInput
        label={t("profile.name")}
        autoComplete="name"
        value={draft.name}
        error={errorOf("name")}
        onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
      />
      <NativeSelect
        label={t("language.label")}
        value={draft.locale}
        error={errorOf("locale")}
        data={Object.entries(LANGUAGE_NAMES).map(([value, label]) => ({ value, label }))}
        onChange={(event) => {
          const locale = event.currentTarget.value;
          if (isLocale(locale)) setDraft({ ...draft, locale });
        }}
      />
      <NativeSelect
        label={t("profile.time_zone")}
        description={t("profile.time_there", { time: now })}
        value={draft.time_zone}
        error={errorOf("time_zone")}
        data={zones}
        onChange={(event) => setDraft({ ...draft, time_zone: event.currentTarget.value })}
      />
      {saving.error && fields.every((each) => !each.field) ? <Problem error={saving.error} heading={t("profile.not_saved")} /> : null}
      <div className={classes.actions}>
        <Button type="submit" disabled={!isChanged} loading={saving.isPending}>
          {t("action.save")}
        </Button>
        {saving.isSuccess && !isChanged ? <span>{t("profile.saved")}</span> : null}
      </div>
    </form>
  );
}
