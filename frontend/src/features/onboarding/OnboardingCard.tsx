import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { dismissOnboarding, onboardingQuery } from "../../api/person";
import { useAcademy } from "../../app/academy";
import { ButtonLink } from "../../components/ButtonLink";
import { Panel } from "../../components/Panel";
import classes from "./Onboarding.module.css";

await i18next.loadNamespaces("onboarding");

/** Offers the first steps below what is due, until they are finished or nobody wants them. */
export function OnboardingCard() {
  const { t } = useTranslation("onboarding");
  const { slug } = useAcademy();
  const client = useQueryClient();
  const { data } = useQuery(onboardingQuery);
  const dismissing = useMutation({
    mutationFn: dismissOnboarding,
    onSuccess: (onboarding) => client.setQueryData(onboardingQuery.queryKey, onboarding),
  });
  if (!data || data.completed_at || data.dismissed_at) return null;
  const left = data.steps.filter((each) => each.state === "open").length;
  return (
    <Panel title={t("card.title")} className={classes.card}>
      <p>{t("card.words", { count: left })}</p>
      <div className={classes.actions}>
        <ButtonLink to={`/a/${slug}/onboarding`} variant="default">
          {t("card.go")}
        </ButtonLink>
        <Button variant="subtle" loading={dismissing.isPending} onClick={() => dismissing.mutate()}>
          {t("card.dismiss")}
        </Button>
      </div>
    </Panel>
  );
}
