import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { practiceSessionsQuery, type PracticeSession } from "../../api/practice";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { ButtonLink } from "../../components/ButtonLink";
import { DataList } from "../../components/DataList";
import { EmptyState } from "../../components/EmptyState";
import { Panel } from "../../components/Panel";
import { Tag } from "../../components/Tag";
import classes from "./Practice.module.css";

/** What was begun and not finished; nothing where there is nothing. */
export function OpenSessions() {
  const { t } = useTranslation("practice");
  const { dateTime, time } = useFormats();
  const { slug } = useAcademy();
  const { data } = useInfiniteQuery(practiceSessionsQuery(slug, "open"));
  const sessions = data?.pages.flatMap((page) => page.results) ?? [];
  if (sessions.length === 0) return null;
  return (
    <Panel title={t("open.title")}>
      <ul className={classes.rows}>
        {sessions.map((session) => (
          <li key={session.id} className={classes.row}>
            <div>
              <strong>{session.bank.title}</strong>
              <p className={classes.detail}>
                {session.deadline_at
                  ? t("open.quiz", { count: session.items, time: time(session.deadline_at) })
                  : t("open.study", { viewed: session.viewed, count: session.items, when: dateTime(session.started_at) })}
              </p>
            </div>
            <ButtonLink to={`/a/${slug}/practice/${session.id}`} variant="default" aria-label={t("open.resume_label", { title: session.bank.title })}>
              {t("open.resume")}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function PastSessions() {
  const { t } = useTranslation("practice");
  const { slug } = useAcademy();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(practiceSessionsQuery(slug, "finished"));
  return (
    <section aria-labelledby="past-sessions">
      <h2 id="past-sessions" className={classes.heading}>
        {t("past.title")}
      </h2>
      <DataList
        rows={data?.pages.flatMap((page) => page.results)}
        error={error}
        onRetry={() => void refetch()}
        empty={<EmptyState title={t("past.empty")}>{t("past.empty_words")}</EmptyState>}
      >
        {(sessions) => (
          <Panel>
            <ul className={classes.rows}>
              {sessions.map((session) => (
                <li key={session.id} className={classes.row}>
                  <Past session={session} />
                </li>
              ))}
            </ul>
            {hasNextPage ? (
              <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                {t("past.more")}
              </Button>
            ) : null}
          </Panel>
        )}
      </DataList>
    </section>
  );
}

function Past({ session }: { session: PracticeSession }) {
  const { t } = useTranslation("practice");
  const { dateTime, duration } = useFormats();
  const { slug } = useAcademy();
  return (
    <>
      <div>
        <Link to={`/a/${slug}/practice/${session.id}`}>{session.bank.title}</Link>
        <p className={classes.detail}>
          {dateTime(session.started_at)} · {duration(session.seconds)}
        </p>
      </div>
      <div className={classes.outcome}>
        <Tag>{t(`mode.${session.mode}`)}</Tag>
        <span>
          {session.mode === "practice"
            ? t("past.right_of", { right: session.right, count: session.items })
            : t("past.viewed", { count: session.viewed, right: session.right })}
        </span>
      </div>
    </>
  );
}
