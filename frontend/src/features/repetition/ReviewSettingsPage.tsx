import { useQuery } from "@tanstack/react-query";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { reviewSettingsQuery } from "../../api/repetition";
import { useAcademy } from "../../app/academy";
import { ButtonLink } from "../../components/ButtonLink";
import { SkeletonRows } from "../../components/DataList";
import { PageTitle } from "../../components/PageTitle";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { RetentionPanel } from "./RetentionPanel";
import { SettingsForm } from "./SettingsForm";
import classes from "./Repetition.module.css";

await i18next.loadNamespaces("repetition");

export function ReviewSettingsPage() {
  const { t } = useTranslation("repetition");
  const { slug, name } = useAcademy();
  const { data: settings, error, refetch } = useQuery(reviewSettingsQuery(slug));
  return (
    <>
      <PageTitle
        title={t("settings.title")}
        place={name}
        actions={
          <ButtonLink to={`/a/${slug}/review`} variant="default">
            {t("settings.to_queue")}
          </ButtonLink>
        }
      />
      <div className={classes.parts}>
        <RetentionPanel />
        <Panel title={t("settings.terms")}>
          {settings ? (
            <SettingsForm saved={settings} />
          ) : error ? (
            <Problem error={error} onRetry={() => void refetch()} />
          ) : (
            <SkeletonRows rows={4} />
          )}
        </Panel>
      </div>
    </>
  );
}
