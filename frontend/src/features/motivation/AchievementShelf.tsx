import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { achievementsQuery, type Achievement } from "../../api/motivation";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { SkeletonRows } from "../../components/DataList";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { Tag } from "../../components/Tag";
import { Meter } from "./Meter";
import classes from "./motivation.module.css";

/** Everything that can be reached, by kind, with progress. */
export function AchievementShelf() {
  const { t } = useTranslation("motivation");
  const { slug } = useAcademy();
  const { data, error, refetch } = useQuery(achievementsQuery(slug));
  return (
    <Panel title={data ? t("award.count", { awarded: data.awarded, total: data.total }) : t("award.title")}>
      {data ? (
        data.kinds.map(({ kind, achievements }) => (
          <section key={kind} className={classes.kind} aria-labelledby={`kind-${kind}`}>
            <h3 id={`kind-${kind}`}>{t(`award.kind.${kind}`)}</h3>
            <ul className={classes.shelf}>
              {achievements.map((each) => (
                <AchievementCard key={each.code} achievement={each} />
              ))}
            </ul>
          </section>
        ))
      ) : error ? (
        <Problem error={error} onRetry={() => void refetch()} />
      ) : (
        <SkeletonRows rows={4} height={110} />
      )}
    </Panel>
  );
}

function AchievementCard({ achievement }: { achievement: Achievement }) {
  const { t } = useTranslation("motivation");
  const { date, number } = useFormats();
  const { name, description, progress, threshold, awarded_at } = achievement;
  return (
    <li className={classes.card} data-awarded={awarded_at !== null || undefined}>
      <p className={classes.strong}>{name}</p>
      <p className={classes.detail}>{description}</p>
      {awarded_at ? (
        <Tag tone="good" icon="check">
          {t("award.on", { date: date(awarded_at) })}
        </Tag>
      ) : (
        <div>
          <Meter value={progress} max={threshold} />
          <p className={classes.detail}>{t("award.progress", { done: number(progress), of: number(threshold) })}</p>
        </div>
      )}
    </li>
  );
}
