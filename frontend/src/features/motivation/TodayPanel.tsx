import { useQuery } from "@tanstack/react-query";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { standingQuery, type Standing } from "../../api/motivation";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { SkeletonRows } from "../../components/DataList";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { GoalRing } from "./GoalRing";
import { Meter } from "./Meter";
import { usePlainDate } from "./plainDate";
import classes from "./motivation.module.css";

await i18next.loadNamespaces("motivation");

/** What today adds: the streak, the goal, the level, the newest achievement. */
export function TodayPanel() {
  const { t } = useTranslation("motivation");
  const { slug } = useAcademy();
  const { data, error, refetch } = useQuery(standingQuery(slug));
  return (
    <Panel title={t("today.title")}>
      {data ? <Today standing={data} /> : error ? <Problem error={error} onRetry={() => void refetch()} /> : <SkeletonRows rows={1} height={96} />}
    </Panel>
  );
}

function Today({ standing }: { standing: Standing }) {
  const { t } = useTranslation("motivation");
  const { slug } = useAcademy();
  const { number } = useFormats();
  const page = `/a/${slug}/progress/achievements`;
  const { level, streak, xp } = standing;
  const goal = standing.goals.find((each) => each.period === "day") ?? standing.goals[0];
  const award = standing.awards[0];
  return (
    <>
      <div className={classes.today}>
        <div>
          <p className={classes.strong}>{t("streak.length", { count: streak.length })}</p>
          <p className={classes.detail}>
            {streak.is_today_done
              ? t("streak.today_done")
              : t("streak.today_left", { count: streak.answers_needed - streak.answers_today })}
          </p>
          {streak.freezes > 0 ? <p className={classes.detail}>{t("streak.freezes", { count: streak.freezes })}</p> : null}
        </div>
        {goal ? (
          <GoalRing goal={goal} />
        ) : (
          <div>
            <p className={classes.strong}>{t("goal.none")}</p>
            <Link to={`${page}#goals`}>{t("goal.set_one")}</Link>
          </div>
        )}
        <div>
          <p className={classes.strong}>{t("level.title", { level: level.number })}</p>
          <Meter value={xp - level.begins_at} max={level.next_at - level.begins_at} />
          <p className={classes.detail}>{t("level.left", { xp: number(level.next_at - xp), level: level.number + 1 })}</p>
        </div>
      </div>
      {streak.repair ? <RepairHint repair={streak.repair} page={page} /> : null}
      {award ? <p className={classes.after}>{t("award.newest", { name: award.name })}</p> : null}
      <p className={award ? undefined : classes.after}>
        <Link to={page}>{t("today.more")}</Link>
      </p>
    </>
  );
}

function RepairHint({ repair, page }: { repair: NonNullable<Standing["streak"]["repair"]>; page: string }) {
  const { t } = useTranslation("motivation");
  const plainDate = usePlainDate();
  return (
    <p className={classes.after}>
      {t("repair.words", { date: plainDate(repair.date), count: repair.length, answers: repair.answers_needed })}{" "}
      <Link to={`${page}#streak`}>{t("repair.look")}</Link>
    </p>
  );
}
