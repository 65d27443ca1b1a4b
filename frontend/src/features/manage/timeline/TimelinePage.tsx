import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { attemptRowQuery, deliveryQuery, rowAtHand, timelineQuery } from "../../../api/manage";
import type { TimelineStep } from "../../../api/manageTypes";
import { isProblem } from "../../../api/problem";
import { useAcademy, usePower } from "../../../app/academy";
import { useFormats } from "../../../app/formats";
import { NotFound } from "../../../app/RouteProblem";
import { DataList } from "../../../components/DataList";
import { EmptyState } from "../../../components/EmptyState";
import { Icon } from "../../../components/Icon";
import { PageTitle } from "../../../components/PageTitle";
import { readTimelineView, TIMELINE_VIEWS, writeFilters } from "../filters";
import { AttemptActions } from "../live/AttemptActions";
import { TimeLeft } from "../live/TimeLeft";
import { FilterLinks } from "../parts/FilterBar";
import { AttemptStateTag } from "../parts/states";
import { useManagePaths } from "../paths";
import { byDay, iconOf, stepsOf } from "./steps";
import classes from "./timeline.module.css";

export function TimelinePage() {
  const { t } = useTranslation("manage");
  const { delivery = "", attempt = "" } = useParams();
  const { slug, name } = useAcademy();
  const paths = useManagePaths();
  const supervises = usePower("supervise_attempts");
  const { timeZone, dateTime, number } = useFormats();
  const [address] = useSearchParams();
  const view = readTimelineView(address);
  const timeline = useQuery(timelineQuery(slug, attempt));
  const { data: about } = useQuery(deliveryQuery(slug, delivery));
  const client = useQueryClient();
  const { data: watched } = useQuery({
    ...attemptRowQuery(slug, delivery, attempt),
    placeholderData: () => rowAtHand(client, slug, delivery, attempt),
  });
  const row = watched?.row;

  if (isProblem(timeline.error) && timeline.error.status === 404) return <NotFound />;
  const learner = row?.learner;
  const all = timeline.data?.steps;
  const isOpen = row ? ["created", "in_progress", "paused"].includes(row.state) : false;

  return (
    <>
      <p className={classes.trail}>
        <Link to={paths.root}>{t("deliveries.title")}</Link>
        <span aria-hidden="true">/</span>
        <Link to={paths.delivery(delivery)}>{about?.title ?? t("timeline.delivery")}</Link>
      </p>
      <PageTitle
        title={learner ? t("timeline.title_of", { name: learner.name || learner.email }) : t("timeline.title")}
        place={name}
      />
      {row ? (
        <div className={classes.facts}>
          <AttemptStateTag state={row.state} />
          <span>{t("live.attempt_number", { number: row.number })}</span>
          {row.started_at ? <span>{t("timeline.started", { when: dateTime(row.started_at) })}</span> : null}
          <span>
            {t("timeline.answered", { answered: number(row.answered), total: number(row.total) })}
          </span>
          {isOpen ? (
            <span className={classes.left}>
              {t("live.column.left")} <TimeLeft row={row} receivedAt={watched?.receivedAt ?? 0} />
            </span>
          ) : null}
          {row.score ? <span>{t("timeline.score", { score: number(row.score.scaled) })}</span> : null}
        </div>
      ) : null}
      {row && isOpen && supervises ? (
        <div className={classes.actions}>
          <AttemptActions delivery={delivery} row={row} receivedAt={watched?.receivedAt ?? 0} />
        </div>
      ) : null}
      {timeline.data ? <Intact isIntact={timeline.data.is_intact} /> : null}
      <div className={classes.views}>
        <FilterLinks
          label={t("timeline.view")}
          links={[null, ...TIMELINE_VIEWS].map((each) => ({
            key: each ?? "all",
            label: each ? t(`timeline.views.${each}`) : t("timeline.views.all"),
            to: `?${writeFilters(address, { show: each })}`,
            isHere: view === each,
          }))}
        />
      </div>
      <DataList
        rows={all && stepsOf(all, view)}
        error={timeline.error}
        onRetry={() => void timeline.refetch()}
        rowHeight={36}
        skeletonRows={8}
        empty={<EmptyState title={all?.length === 0 ? t("timeline.none") : t("timeline.none_of_kind")} />}
      >
        {(steps) => (
          <>
            <Steps steps={steps} />
            <p className={classes.zone}>{t("window.zone", { zone: timeZone })}</p>
          </>
        )}
      </DataList>
    </>
  );
}

function Intact({ isIntact }: { isIntact: boolean }) {
  const { t } = useTranslation("manage");
  return (
    <p className={isIntact ? classes.intact : classes.altered}>
      <Icon name={isIntact ? "check" : "warning"} />
      <span>{isIntact ? t("timeline.intact") : t("timeline.altered")}</span>
    </p>
  );
}

function Steps({ steps }: { steps: TimelineStep[] }) {
  const { language } = useTranslation("manage").i18n;
  const { timeZone, date } = useFormats();
  const time = new Intl.DateTimeFormat(language, { timeZone, timeStyle: "medium" });
  return byDay(steps, date).map((day) => (
    <section key={day.label} className={classes.day}>
      <h2 className={classes.date}>{day.label}</h2>
      <ol className={classes.steps}>
        {day.steps.map(({ step, number }) => (
          <li key={number} className={classes.step}>
            <time dateTime={step.at} className={classes.time}>
              {time.format(new Date(step.at))}
            </time>
            <span className={classes.icon} data-kind={step.kind}>
              <Icon name={iconOf(step.kind)} size={16} />
            </span>
            <span className={classes.text}>{step.text}</span>
          </li>
        ))}
      </ol>
    </section>
  ));
}
