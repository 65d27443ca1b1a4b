import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import i18next from "i18next";
import type { ComponentType, FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { meQuery } from "../../api/learner";
import type { Me } from "../../api/types";
import { useAcademy } from "../../app/academy";
import { AppearanceControl } from "../../app/AppearanceControl";
import { useAnnounce } from "../../components/Announcer";
import { SkeletonRows } from "../../components/DataList";
import { PageTitle } from "../../components/PageTitle";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { GoalsFields, MailFields, NeedsFields, PrivateFields, SkillsFields, type FieldsProps } from "./fields";
import { PersonFields } from "./PersonFields";
import { usePersonDraft } from "./usePersonDraft";
import { useProfileDraft } from "./useProfileDraft";
import classes from "./ProfilePage.module.css";

await i18next.loadNamespaces("onboarding");

export function ProfilePage() {
  const { t } = useTranslation(["app", "onboarding"]);
  const { name } = useAcademy();
  const { data: me } = useQuery({ ...meQuery, enabled: false });
  return (
    <>
      <PageTitle title={t("profile.title")} place={name} />
      <div className={classes.parts}>
        <Panel title={t("profile.person")}>{me ? <PersonForm me={me} /> : null}</Panel>
        <Panel title={t("onboarding:step.skills")}>
          <ProfileForm Fields={SkillsFields} />
        </Panel>
        <Panel title={t("onboarding:step.goals")}>
          <ProfileForm Fields={GoalsFields} />
        </Panel>
        <Panel title={t("onboarding:profile.needs")}>
          <ProfileForm Fields={NeedsFields} />
        </Panel>
        <Panel title={t("onboarding:profile.letters")}>
          <ProfileForm Fields={MailFields} />
        </Panel>
        <Panel title={t("onboarding:profile.private")}>
          <ProfileForm Fields={PrivateFields} />
        </Panel>
        <Panel title={t("appearance.label")}>
          <p className={classes.words}>{t("profile.appearance_words")}</p>
          <AppearanceControl isLegendHidden />
        </Panel>
      </div>
    </>
  );
}

function PersonForm({ me }: { me: Me }) {
  const { t, i18n } = useTranslation();
  const announce = useAnnounce();
  const { draft, saving, isChanged, change, save, errorOf, rest } = usePersonDraft(me);

  function submit(event: FormEvent) {
    event.preventDefault();
    save().then(
      () => announce(i18n.t("profile.saved")),
      () => undefined,
    );
  }

  return (
    <form className={classes.form} onSubmit={submit}>
      <p className={classes.words}>{t("profile.email", { email: me.email })}</p>
      <PersonFields draft={draft} change={change} errorOf={errorOf} />
      {rest ? <Problem error={rest} heading={t("profile.not_saved")} /> : null}
      <SaveLine isChanged={isChanged} isSaving={saving.isPending} isSaved={saving.isSuccess} />
    </form>
  );
}

/** One subject of the profile, saved by itself. */
function ProfileForm({ Fields }: { Fields: ComponentType<FieldsProps> }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const { draft, error, refetch, saving, isChanged, change, save, errorOf } = useProfileDraft();
  if (!draft) return error ? <Problem error={error} onRetry={() => void refetch()} /> : <SkeletonRows rows={2} />;

  function submit(event: FormEvent) {
    event.preventDefault();
    save().then(
      () => announce(t("profile.saved")),
      () => undefined,
    );
  }

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <Fields draft={draft} change={change} errorOf={errorOf} />
      {saving.error ? <Problem error={saving.error} heading={t("profile.not_saved")} /> : null}
      <SaveLine isChanged={isChanged} isSaving={saving.isPending} isSaved={saving.isSuccess} />
    </form>
  );
}

function SaveLine({ isChanged, isSaving, isSaved }: { isChanged: boolean; isSaving: boolean; isSaved: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={classes.actions}>
      <Button type="submit" disabled={!isChanged} loading={isSaving}>
        {t("action.save")}
      </Button>
      {isSaved && !isChanged ? <span>{t("profile.saved")}</span> : null}
    </div>
  );
}
