import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { createDelivery } from "../../../api/manage";
import type { BlueprintOut, DeliveryIn, FormChoice } from "../../../api/manageTypes";
import { isProblem } from "../../../api/problem";
import { useAcademy } from "../../../app/academy";
import { useFormats } from "../../../app/formats";
import { useAnnounce } from "../../../components/Announcer";
import { ButtonLink } from "../../../components/ButtonLink";
import { PageTitle } from "../../../components/PageTitle";
import { Problem } from "../../../components/Problem";
import { useManagePaths } from "../paths";
import { ConditionsFields, DELIVERY_FIELDS, ReviewFields, WhoAndWhenFields, WordsFields } from "./DeliveryFields";
import { choiceIssuesOf, EMPTY_CHOICE, EMPTY_DRAFT, issuesOf, proposalsOf, toDeliveryIn, type DeliveryDraft } from "./draft";
import { CHOICE_FIELDS, ExamChoice } from "./ExamChoice";
import { useFieldErrors } from "./useFieldErrors";
import classes from "./form.module.css";

const FIELDS = [...CHOICE_FIELDS, ...DELIVERY_FIELDS];

export function NewDeliveryPage() {
  const { t } = useTranslation("manage");
  const academy = useAcademy();
  const { timeZone, duration } = useFormats();
  const announce = useAnnounce();
  const client = useQueryClient();
  const navigate = useNavigate();
  const paths = useManagePaths();
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const [choice, setChoice] = useState(EMPTY_CHOICE);
  const [exams, setExams] = useState<{ blueprint?: BlueprintOut | FormChoice; form?: BlueprintOut | FormChoice }>({});
  const chosen = exams[choice.source];
  // One form creates one delivery, however often it is sent.
  const [key] = useState(() => crypto.randomUUID());

  const creating = useMutation({
    mutationFn: (wanted: DeliveryIn) => createDelivery(academy.slug, wanted, key),
    onSuccess: async (delivery) => {
      await client.invalidateQueries({ queryKey: ["academy", academy.slug, "manage", "deliveries"] });
      announce(t("form.created", { title: delivery.title }));
      await navigate(paths.delivery(delivery.id));
    },
  });
  const { form, errorOf, hasErrors, accept, rest } = useFieldErrors(creating.error, FIELDS);
  const change = (changes: Partial<DeliveryDraft>) => setDraft((now) => ({ ...now, ...changes }));

  const ownLimit = chosen?.time_limit_seconds;
  const limitWords =
    ownLimit === undefined
      ? t("form.time_limit_words")
      : ownLimit === null
        ? t("form.time_limit_none")
        : t("form.time_limit_own", { duration: duration(ownLimit) });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (creating.isPending) return;
    if (accept({ ...choiceIssuesOf(choice), ...issuesOf(draft, timeZone) })) {
      creating.mutate(toDeliveryIn(draft, choice, timeZone));
    } else {
      creating.reset();
    }
  }

  return (
    <>
      <PageTitle title={t("form.new")} place={academy.name} />
      <form ref={form} className={classes.form} onSubmit={submit} noValidate>
        <ExamChoice
          choice={choice}
          errorOf={errorOf}
          change={(changes, exam) => {
            setChoice((now) => ({ ...now, ...changes }));
            if (!("blueprint" in changes || "form" in changes)) return;
            setExams((now) => ({ ...now, [choice.source]: exam }));
            change(proposalsOf(draft, exam, chosen));
          }}
        />
        <WordsFields draft={draft} change={change} errorOf={errorOf} />
        <WhoAndWhenFields draft={draft} change={change} errorOf={errorOf} />
        <ConditionsFields
          draft={draft}
          change={change}
          errorOf={errorOf}
          limitWords={limitWords}
          limitPlaceholder={ownLimit ? String(Math.round(ownLimit / 60)) : undefined}
        />
        <ReviewFields draft={draft} change={change} errorOf={errorOf} />
        {rest ? (
          <Problem
            error={rest}
            heading={isProblem(rest, "blueprint_not_fillable") ? t("form.not_fillable") : t("form.not_created")}
          />
        ) : null}
        {hasErrors ? (
          <p className={classes.wrong} role="alert">
            {t("form.some_wrong")}
          </p>
        ) : null}
        <div className={classes.foot}>
          <Button type="submit" size="md" loading={creating.isPending}>
            {t("deliveries.create")}
          </Button>
          <ButtonLink to={paths.root} variant="default" size="md">
            {t("action.cancel")}
          </ButtonLink>
        </div>
      </form>
    </>
  );
}
