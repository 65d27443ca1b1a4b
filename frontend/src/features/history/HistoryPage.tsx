import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { historyQuery } from "../../api/learner";
import type { AttemptOut, AttemptState } from "../../api/types";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { ButtonLink } from "../../components/ButtonLink";
import { DataList } from "../../components/DataList";
import { EmptyState } from "../../components/EmptyState";
import { Icon } from "../../components/Icon";
import { PageTitle } from "../../components/PageTitle";
import { Tag } from "../../components/Tag";
import { ResultWhen } from "../result/ResultWhen";
import classes from "./HistoryPage.module.css";

const STATES: AttemptState[] = ["in_progress", "paused", "submitted", "marked", "released", "expired", "terminated"];
const SORTS = ["-started_at", "started_at"] as const;
const TYPING_MS = 300;

export function HistoryPage() {
  const { t } = useTranslation();
  const { slug, name } = useAcademy();
  const [params, setParams] = useSearchParams();
  const filters = {
    search: params.get("search"),
    state: params.get("state"),
    ordering: params.get("ordering"),
    delivery: params.get("delivery"),
  };
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(historyQuery(slug, filters));
  const [search, setSearch] = useState(filters.search ?? "");

  const put = (key: string, value: string) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        if (value) after.set(key, value);
        else after.delete(key);
        return after;
      },
      { replace: true },
    );

  useEffect(() => {
    if (search === (filters.search ?? "")) return undefined;
    const timer = setTimeout(() => put("search", search), TYPING_MS);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-deps -- only typing starts the timer
  }, [search]);

  const isFiltered = Boolean(filters.search || filters.state || filters.delivery);
  const clear = () => {
    setSearch("");
    setParams({}, { replace: true });
  };

  return (
    <>
      <PageTitle title={t("history.title")} place={name} />
      <div className={classes.filters} role="search">
        <TextInput
          type="search"
          label={t("history.search")}
          leftSection={<Icon name="search" size={16} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <NativeSelect label={t("history.state")} value={filters.state ?? ""} onChange={(event) => put("state", event.currentTarget.value)}>
          <option value="">{t("history.any_state")}</option>
          {STATES.map((state) => (
            <option key={state} value={state}>
              {t(`attempt_state.${state}`)}
            </option>
          ))}
        </NativeSelect>
        <NativeSelect
          label={t("history.sort")}
          value={filters.ordering ?? SORTS[0]}
          onChange={(event) => put("ordering", event.currentTarget.value === SORTS[0] ? "" : event.currentTarget.value)}
        >
          <option value="-started_at">{t("history.newest")}</option>
          <option value="started_at">{t("history.oldest")}</option>
        </NativeSelect>
      </div>
      <DataList
        rows={data?.pages.flatMap((page) => page.results)}
        error={error}
        onRetry={() => void refetch()}
        rowHeight={76}
        empty={
          isFiltered ? (
            <EmptyState
              title={t("history.nothing_found")}
              action={
                <Button variant="default" onClick={clear}>
                  {t("history.clear")}
                </Button>
              }
            />
          ) : (
            <EmptyState title={t("history.empty")} action={<ButtonLink to={`/a/${slug}`}>{t("history.see_exams")}</ButtonLink>}>
              {t("history.empty_words")}
            </EmptyState>
          )
        }
      >
        {(attempts) => (
          <>
            <ul className={classes.rows}>
              {attempts.map((attempt) => (
                <li key={attempt.id}>
                  <Row attempt={attempt} />
                </li>
              ))}
            </ul>
            {hasNextPage ? (
              <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                {t("action.load_more")}
              </Button>
            ) : null}
          </>
        )}
      </DataList>
    </>
  );
}

function Row({ attempt }: { attempt: AttemptOut }) {
  const { t } = useTranslation();
  const { slug } = useAcademy();
  const { dateTime, number } = useFormats();
  const { result, state } = attempt;
  const moment = attempt.submitted_at ?? attempt.started_at;
  const isOpen = state === "created" || state === "in_progress" || state === "paused";
  const to = isOpen ? `/a/${slug}/attempts/${attempt.id}` : result.available ? `/a/${slug}/attempts/${attempt.id}/result` : null;
  // Where nobody passes or fails, the label says the score itself ("Band 6.5").
  const label = result.passed === null ? result.label : null;
  return (
    <article className={classes.row}>
      <div className={classes.what}>
        <h2>{to ? <Link to={to}>{attempt.delivery.title}</Link> : attempt.delivery.title}</h2>
        <p className={classes.when}>
          {t("history.attempt", { number: attempt.number, when: moment ? dateTime(moment) : "" })}
        </p>
      </div>
      <div className={classes.state}>
        <Tag tone={isOpen ? "accent" : "neutral"}>{t(`attempt_state.${state}`)}</Tag>
      </div>
      <div className={classes.result}>
        {result.available ? (
          <>
            {result.scaled === null || label ? null : <strong>{number(result.scaled)}</strong>}
            {result.passed === null ? null : (
              <Tag tone={result.passed ? "good" : "bad"} icon={result.passed ? "check" : "cross"}>
                {result.passed ? t("result.passed") : t("result.not_passed")}
              </Tag>
            )}
            {label ? <strong>{label}</strong> : null}
          </>
        ) : isOpen ? null : (
          <ResultWhen result={result} />
        )}
      </div>
    </article>
  );
}
