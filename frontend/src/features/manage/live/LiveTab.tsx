import { NativeSelect } from "@mantine/core";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { attemptsQuery, type LivePage } from "../../../api/manage";
import type { LiveRow } from "../../../api/manageTypes";
import { useAcademy } from "../../../app/academy";
import { useFormats } from "../../../app/formats";
import { ButtonLink } from "../../../components/ButtonLink";
import { DataList } from "../../../components/DataList";
import { EmptyState } from "../../../components/EmptyState";
import { useDelivery } from "../delivery/useDelivery";
import { ATTEMPT_STATES, readAttemptFilters } from "../filters";
import { FilterBar, SearchField } from "../parts/FilterBar";
import { MoreButton } from "../parts/MoreButton";
import { StackedTable, type Column } from "../parts/StackedTable";
import { AttemptStateTag } from "../parts/states";
import { useManagePaths } from "../paths";
import { useFilters } from "../useFilters";
import { AttemptActions } from "./AttemptActions";
import { TimeLeft } from "./TimeLeft";
import classes from "./live.module.css";

const POLL_MS = 5_000;

/** A row and when it was received, which is when its clock stood as it says. */
interface Watched extends LiveRow {
  receivedAt: number;
}

const watched = (page: LivePage): Watched[] => page.results.map((row) => ({ ...row, receivedAt: page.receivedAt }));

export function LiveTab() {
  const { t } = useTranslation("manage");
  const { slug } = useAcademy();
  const delivery = useDelivery();
  const { time } = useFormats();
  const [filters, change] = useFilters(readAttemptFilters);
  // Polling stops by itself while the tab is hidden, and starts with a fresh answer when it is looked at again.
  const list = useInfiniteQuery({
    ...attemptsQuery(slug, delivery.id, filters),
    placeholderData: keepPreviousData,
    refetchInterval: POLL_MS,
    staleTime: 0,
  });
  const columns = useColumns();
  const isFiltered = filters.state !== null || filters.search !== "";

  return (
    <>
      <FilterBar>
        <SearchField label={t("live.search")} value={filters.search} onSearch={(search) => change({ search })} />
        <NativeSelect
          label={t("live.state")}
          value={filters.state ?? ""}
          data={[
            { value: "", label: t("filter.all") },
            ...ATTEMPT_STATES.map((value) => ({ value, label: t(`attempt_state.${value}`) })),
          ]}
          onChange={(event) => change({ state: event.currentTarget.value })}
        />
        {list.data ? (
          <p className={classes.updated}>
            {list.error
              ? t("live.stale", { time: time(list.dataUpdatedAt) })
              : t("live.updated", { time: time(list.dataUpdatedAt) })}
          </p>
        ) : null}
      </FilterBar>
      <DataList
        rows={list.data?.pages.flatMap(watched)}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={
          isFiltered ? (
            <EmptyState
              title={t("live.none_found")}
              action={
                <ButtonLink to="?" variant="default">
                  {t("filter.clear")}
                </ButtonLink>
              }
            />
          ) : (
            <EmptyState title={t("live.none")}>{t("live.none_words", { count: delivery.counts.assigned })}</EmptyState>
          )
        }
      >
        {(rows) => (
          <>
            <StackedTable caption={t("live.caption")} columns={columns} rows={rows} rowKey={(row) => row.id} />
            <MoreButton list={list} />
          </>
        )}
      </DataList>
    </>
  );
}

function useColumns(): Column<Watched>[] {
  const { t } = useTranslation("manage");
  const delivery = useDelivery();
  const paths = useManagePaths();
  const { time, number } = useFormats();
  return [
    {
      key: "learner",
      label: t("live.column.learner"),
      render: (row) => (
        <>
          <Link className={classes.name} to={paths.timeline(delivery.id, row.id)}>
            {row.learner.name || row.learner.email}
          </Link>
          <div className={classes.detail}>{row.learner.email}</div>
          {row.number > 1 ? <div className={classes.detail}>{t("live.attempt_number", { number: row.number })}</div> : null}
        </>
      ),
    },
    { key: "state", label: t("live.column.state"), render: (row) => <AttemptStateTag state={row.state} /> },
    {
      key: "progress",
      label: t("live.column.progress"),
      render: (row) => (
        <>
          <span className={classes.figure}>{t("live.progress", { answered: number(row.answered), total: number(row.total) })}</span>
          <progress className={classes.progress} value={row.answered} max={Math.max(1, row.total)} aria-hidden="true" />
        </>
      ),
    },
    {
      key: "left",
      label: t("live.column.left"),
      render: (row) => (
        <>
          <TimeLeft row={row} receivedAt={row.receivedAt} />
          {row.extra_minutes > 0 ? (
            <div className={classes.detail}>{t("live.extra", { count: row.extra_minutes })}</div>
          ) : null}
        </>
      ),
    },
    {
      key: "seen",
      label: t("live.column.seen"),
      render: (row) => (row.last_seen_at ? time(row.last_seen_at) : t("live.not_seen")),
    },
    {
      key: "incidents",
      label: t("live.column.incidents"),
      align: "end",
      render: (row) =>
        row.incidents > 0 ? (
          <Link to={`${paths.timeline(delivery.id, row.id)}?show=incidents`}>
            {number(row.incidents)}
            <span className="visually-hidden">{t("live.incidents_of", { name: row.learner.name })}</span>
          </Link>
        ) : (
          number(0)
        ),
    },
    {
      key: "actions",
      label: t("live.column.actions"),
      isLabelHidden: true,
      render: (row) => <AttemptActions delivery={delivery.id} row={row} receivedAt={row.receivedAt} />,
    },
  ];
}
