import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { rulesQuery, type Standing } from "../../api/motivation";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { Meter } from "./Meter";
import classes from "./motivation.module.css";

/** The level, how far the next one is, and how levels and points come about. */
export function LevelPanel({ standing }: { standing: Standing }) {
  const { t } = useTranslation("motivation");
  const { number } = useFormats();
  const { level, xp } = standing;
  return (
    <Panel title={t("level.title", { level: level.number })}>
      <Meter value={xp - level.begins_at} max={level.next_at - level.begins_at} />
      <p>{t("level.left", { xp: number(level.next_at - xp), level: level.number + 1 })}</p>
      <p className={classes.detail}>{t("level.today", { xp: number(standing.xp_today) })}</p>
      <Rules current={level.number} />
    </Panel>
  );
}

function Rules({ current }: { current: number }) {
  const { t } = useTranslation("motivation");
  const { slug } = useAcademy();
  const { number } = useFormats();
  const { data, error, refetch } = useQuery(rulesQuery(slug));
  if (error) return <Problem error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  return (
    <>
      <details className={classes.details}>
        <summary>{t("level.rules")}</summary>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t("level.rule")}</th>
              <th scope="col">{t("level.limit")}</th>
            </tr>
          </thead>
          <tbody>
            {data.rules.map((rule) => (
              <tr key={rule.code}>
                <th scope="row">{rule.name}</th>
                <td>{rule.a_day === null ? t("level.once") : t("level.a_day", { xp: number(rule.a_day) })}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className={classes.detail}>{t("level.study")}</p>
      </details>
      <details className={classes.details}>
        <summary>{t("level.curve")}</summary>
        <p className={classes.detail}>{t("level.formula")}</p>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t("level.number")}</th>
              <th scope="col">{t("level.from")}</th>
            </tr>
          </thead>
          <tbody>
            {data.levels.map((each) => (
              <tr key={each.number} aria-current={each.number === current ? "true" : undefined}>
                <th scope="row">{each.number}</th>
                <td>{t("level.xp", { xp: number(each.begins_at) })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}
