import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import i18next from "i18next";
import { useEffect, useRef, useState, type ComponentType, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { meQuery } from "../../api/learner";
import { noteStep, onboardingQuery } from "../../api/person";
import type { Me, Onboarding, OnboardingStep } from "../../api/types";
import { useAcademy } from "../../app/academy";
import { ButtonLink } from "../../components/ButtonLink";
import { SkeletonRows } from "../../components/DataList";
import { EmptyState } from "../../components/EmptyState";
import { PageTitle } from "../../components/PageTitle";
import { Problem } from "../../components/Problem";
import { GoalsFields, MailFields, NeedsFields, SkillsFields, type FieldsProps } from "../profile/fields";
import { PersonFields } from "../profile/PersonFields";
import { usePersonDraft } from "../profile/usePersonDraft";
import { useProfileDraft } from "../profile/useProfileDraft";
import classes from "./Onboarding.module.css";

await i18next.loadNamespaces("onboarding");

const PARTS: Record<OnboardingStep, ComponentType<FieldsProps>[]> = {
  about: [],
  skills: [SkillsFields],
  goals: [GoalsFields],
  needs: [NeedsFields, MailFields],
};

/** Four short steps. Where a person is, the server knows: they go on from there on another device. */
export function OnboardingPage() {
  const { t } = useTranslation("onboarding");
  const { slug, name } = useAcademy();
  const { data: me } = useQuery({ ...meQuery, enabled: false });
  const { data: onboarding, error, refetch } = useQuery(onboardingQuery);
  const [wanted, setWanted] = useState<OnboardingStep | null>(null);
  const step = wanted ?? onboarding?.next_step;
  return (
    <div className={classes.page}>
      <PageTitle title={t("page.title")} place={name} lead={t("page.lead")} />
      {error ? <Problem error={error} onRetry={() => void refetch()} /> : null}
      {!onboarding || !me ? <SkeletonRows rows={3} /> : null}
      {onboarding && me && step ? (
        <>
          <Places onboarding={onboarding} step={step} onChoose={setWanted} />
          <StepForm key={step} me={me} step={step} onLeft={() => setWanted(null)} />
        </>
      ) : null}
      {onboarding && !step ? (
        <EmptyState title={t("page.done")} action={<ButtonLink to={`/a/${slug}`}>{t("page.home")}</ButtonLink>}>
          {t("page.done_words")}
        </EmptyState>
      ) : null}
    </div>
  );
}

function Places({ onboarding, step, onChoose }: { onboarding: Onboarding; step: OnboardingStep; onChoose: (step: OnboardingStep) => void }) {
  const { t } = useTranslation("onboarding");
  return (
    <ol className={classes.places} aria-label={t("page.steps")}>
      {onboarding.steps.map((each) => (
        <li key={each.step}>
          <button type="button" aria-current={each.step === step ? "step" : undefined} onClick={() => onChoose(each.step)}>
            <span>{t(`step.${each.step}`)}</span>
            <span className={classes.state}>{t(`state.${each.state}`)}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}

interface StepProps {
  me: Me;
  step: OnboardingStep;
  onLeft: () => void;
}

function StepForm({ me, step, onLeft }: StepProps) {
  const { t } = useTranslation("onboarding");
  const client = useQueryClient();
  const heading = useRef<HTMLHeadingElement>(null);
  const person = usePersonDraft(me);
  const profile = useProfileDraft();
  const { draft, change, errorOf } = profile;
  const noting = useMutation({
    mutationFn: (state: "done" | "skipped") => noteStep(step, state),
    onSuccess: (onboarding) => {
      client.setQueryData(onboardingQuery.queryKey, onboarding);
      onLeft();
    },
  });
  const isAbout = step === "about";
  const isBusy = person.saving.isPending || profile.saving.isPending || noting.isPending;
  const error = noting.error ?? person.rest ?? profile.saving.error ?? profile.error;

  // The next step begins at its heading, also for those who do not see it.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);

  async function submit(event: FormEvent) {
    event.preventDefault();
    try {
      if (isAbout && person.isChanged) await person.save();
      if (!isAbout && profile.isChanged) await profile.save();
    } catch {
      return; // What was wrong stands at the fields.
    }
    noting.mutate("done");
  }

  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
      <h2 ref={heading} tabIndex={-1}>
        {t(`step.${step}`)}
      </h2>
      {isAbout ? <PersonFields draft={person.draft} change={person.change} errorOf={person.errorOf} /> : null}
      {draft ? PARTS[step].map((Fields) => <Fields key={Fields.name} draft={draft} change={change} errorOf={errorOf} />) : null}
      {error ? <Problem error={error} heading={t("page.not_saved")} /> : null}
      <div className={classes.actions}>
        <Button type="submit" loading={isBusy}>
          {t("page.next")}
        </Button>
        <Button variant="subtle" disabled={isBusy} onClick={() => noting.mutate("skipped")}>
          {t("page.skip")}
        </Button>
      </div>
    </form>
  );
}
