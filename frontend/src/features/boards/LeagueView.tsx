import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { leagueHistoryQuery, leagueQuery } from "../../api/boards";
import type { League, LeagueTier, LeagueWeek } from "../../api/types";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { ButtonLink } from "../../components/ButtonLink";
import { DataList, SkeletonRows } from "../../components/DataList";
import { EmptyState } from "../../components/EmptyState";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { PlaceTable } from "./PlaceTable";
import classes from "./boards.module.css";

const HIGHEST: LeagueTier = 5;
const LOWEST: LeagueTier = 1;

/** The league of this week, the rules that decide it in words, and the weeks before. */
export function LeagueView() {
  const { slug } = useAcademy();
  const { data: league, error, refetch } = useQuery(leagueQuery(slug));
  return (
    <>
      {error ? <Problem error={error} onRetry={() => void refetch()} /> : null}
      {league === undefined && !error ? <SkeletonRows rows={6} height={40} /> : null}
      {league ? <CurrentLeague league={league} /> : null}
      <WeeksBefore />
    </>
  );
}

function CurrentLeague({ league }: { league: League }) {
  const { t } = useTranslation("boards");
  const { slug } = useAcademy();
  const { dateTimeZone } = useFormats();
  const tier = t(`league.tier.${league.tier}`);
  if (!league.has_joined) {
    return (
      <Panel>
        {league.is_hidden ? (
          <EmptyState title={t("league.hidden")}>{t("league.hidden_words")}</EmptyState>
        ) : (
          <EmptyState title={t("league.not_joined")} action={<ButtonLink to={`/a/${slug}`}>{t("to_practice")}</ButtonLink>}>
            {t("league.not_joined_words", { tier })}
          </EmptyState>
        )}
      </Panel>
    );
  }
  return (
    <Panel title={t("league.title", { tier })}>
      <Rules league={league} />
      <p className={classes.hint}>{t("ends", { when: dateTimeZone(league.ends_at) })}</p>
      <PlaceTable caption={t("league.caption")} places={league.places} />
    </Panel>
  );
}

/** The lines of promotion and relegation, in words. */
function Rules({ league }: { league: League }) {
  const { t } = useTranslation("boards");
  const moves = league.promoted + league.relegated;
  const words = [
    league.promoted ? t("league.up", { count: league.promoted, tier: t(`league.tier.${(league.tier + 1) as LeagueTier}`) }) : null,
    league.relegated ? t("league.down", { count: league.relegated, tier: t(`league.tier.${(league.tier - 1) as LeagueTier}`) }) : null,
    league.tier === HIGHEST ? t("league.top") : null,
    league.tier === LOWEST && moves > 0 ? t("league.first") : null,
    moves > 0 ? t("league.equals") : t("league.too_few"),
  ];
  return <p className={classes.finding}>{words.filter(Boolean).join(" ")}</p>;
}

function WeeksBefore() {
  const { t } = useTranslation("boards");
  const { t: common } = useTranslation();
  const { slug } = useAcademy();
  const list = useInfiniteQuery(leagueHistoryQuery(slug));
  return (
    <Panel title={t("weeks.title")}>
      <DataList
        rows={list.data?.pages.flatMap((page) => page.results)}
        error={list.error}
        onRetry={() => void list.refetch()}
        rowHeight={40}
        skeletonRows={2}
        empty={<p className={classes.hint}>{t("weeks.none")}</p>}
      >
        {(weeks) => (
          <>
            <table className={classes.places}>
              <caption className="visually-hidden">{t("weeks.caption")}</caption>
              <thead>
                <tr>
                  <th scope="col">{t("weeks.week")}</th>
                  <th scope="col">{t("weeks.tier")}</th>
                  <th scope="col">{t("weeks.rank")}</th>
                  <th scope="col">{t("weeks.outcome")}</th>
                </tr>
              </thead>
              <tbody>
                {weeks.map((week) => (
                  <WeekRow key={week.week_date} week={week} />
                ))}
              </tbody>
            </table>
            {list.hasNextPage ? (
              <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {common("action.load_more")}
              </Button>
            ) : null}
          </>
        )}
      </DataList>
    </Panel>
  );
}

function WeekRow({ week }: { week: LeagueWeek }) {
  const { t } = useTranslation("boards");
  const { date, number } = useFormats();
  const next = week.next_tier ? t(`league.tier.${week.next_tier}`) : "";
  return (
    <tr>
      {/* Noon, so that it is the same day wherever the person is. */}
      <th scope="row">{date(`${week.week_date}T12:00:00Z`)}</th>
      <td>{t(`league.tier.${week.tier}`)}</td>
      <td>{week.rank ? t("weeks.of", { rank: number(week.rank), size: number(week.size) }) : "–"}</td>
      <td>{week.outcome ? t(`weeks.${week.outcome}`, { tier: next }) : ""}</td>
    </tr>
  );
}
