import { useQuery } from "@tanstack/react-query";
import i18next from "i18next";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";
import { standingQuery } from "../../api/motivation";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { SkeletonRows } from "../../components/DataList";
import { PageTitle } from "../../components/PageTitle";
import { Problem } from "../../components/Problem";
import { AchievementShelf } from "./AchievementShelf";
import { GoalsPanel } from "./GoalsPanel";
import { LevelPanel } from "./LevelPanel";
import { ReminderPanel } from "./ReminderPanel";
import { StreakPanel } from "./StreakPanel";
import { XPHistory } from "./XPHistory";
import classes from "./motivation.module.css";

await i18next.loadNamespaces("motivation");

export function AchievementsPage() {
  const { t } = useTranslation("motivation");
  const { slug, name } = useAcademy();
  const { number } = useFormats();
  const { hash } = useLocation();
  const { data, error, refetch } = useQuery(standingQuery(slug));
  const isThere = data !== undefined;
  useEffect(() => {
    if (isThere && hash) document.getElementById(hash.slice(1))?.scrollIntoView();
  }, [isThere, hash]);
  return (
    <>
      <PageTitle
        title={t("page.title")}
        place={name}
        lead={data ? t("page.lead", { level: data.level.number, xp: number(data.xp) }) : undefined}
      />
      {data ? (
        <div className={classes.parts}>
          <div className={classes.columns}>
            <StreakPanel streak={data.streak} />
            <LevelPanel standing={data} />
          </div>
          <div className={classes.columns}>
            <GoalsPanel goals={data.goals} />
            <ReminderPanel />
          </div>
          <AchievementShelf />
          <XPHistory />
        </div>
      ) : error ? (
        <Problem error={error} onRetry={() => void refetch()} />
      ) : (
        <SkeletonRows rows={3} height={220} />
      )}
    </>
  );
}
