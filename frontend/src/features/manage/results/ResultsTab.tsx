import { Button, NativeSelect } from "@mantine/core";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { attemptsQuery } from "../../../api/manage";
import type { LiveRow } from "../../../api/manageTypes";
import { useAcademy, usePower } from "../../../app/academy";
import { useFormats } from "../../../app/formats";
import { ButtonLink } from "../../../components/ButtonLink";
import { DataList } from "../../../components/DataList";
import { EmptyState } from "../../../components/EmptyState";
import { Tag } from "../../../components/Tag";
import { useDelivery } from "../delivery/useDelivery";
import { ATTEMPT_STATES, readAttemptFilters } from "../filters";
import { FilterBar, SearchField } from "../parts/FilterBar";
import { MoreButton } from "../parts/MoreButton";
import { StackedTable, type Column } from "../parts/StackedTable";
import { AttemptStateTag } from "../parts/states";
import { useManagePaths } from "../paths";
import { useFilters } from "../useFilters";
import { ExportButton } from "./ExportButton";
import { RegradeDialog } from "./RegradeDialog";
import { ReleaseControl } from "./ReleaseControl";
import { ResultsSummary } from "./ResultsSummary";
import classes from "./results.module.css";

export function ResultsTab() {
  const { t } = useTranslation("manage");
  const { slug } = useAcademy();
  const delivery = useDelivery();
  const mayRegrade = usePower("regrade");
  const [filters, change] = useFilters(readAttemptFilters);
  const [isRegrading, setRegrading] = useState(false);
  const list = useInfiniteQuery({ ...attemptsQuery(slug, delivery.id, filters), placeholderData: keepPreviousData });
  const columns = useColumns();
  const isFiltered = filters.state !== null || filters.search !== "";

  return (
    <div className={classes.tab}>
      <div className={classes.bar}>
        <ReleaseControl />
        <ExportButton />
        {mayRegrade ? (
          <Button variant="default" onClick={() => setRegrading(true)}>
            {t("regrade.action")}
          </Button>
        ) : null}
      </div>
      <ResultsSummary />
      <section aria-labelledby="result-rows">
        <h2 id="result-rows" className={classes.heading}>
          {t("results.rows")}
        </h2>
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
        </FilterBar>
        <DataList
          rows={list.data?.pages.flatMap((page) => page.results)}
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
              <EmptyState title={t("results.none")}>{t("results.none_words")}</EmptyState>
            )
          }
        >
          {(rows) => (
            <>
              <StackedTable caption={t("results.rows")} columns={columns} rows={rows} rowKey={(row) => row.id} />
              <MoreButton list={list} />
            </>
          )}
        </DataList>
      </section>
      <RegradeDialog isOpen={isRegrading} onClose={() => setRegrading(false)} />
    </div>
  );
}

function useColumns(): Column<LiveRow>[] {
  const { t } = useTranslation("manage");
  const delivery = useDelivery();
  const paths = useManagePaths();
  const { number, dateTime } = useFormats();
  return [
    {
      key: "learner",
      label: t("live.column.learner"),
      render: (row) => (
        <>
          <strong>{row.learner.name || row.learner.email}</strong>
          <div className={classes.detail}>{row.learner.email}</div>
          {row.number > 1 ? <div className={classes.detail}>{t("live.attempt_number", { number: row.number })}</div> : null}
        </>
      ),
    },
    { key: "state", label: t("live.column.state"), render: (row) => <AttemptStateTag state={row.state} /> },
    {
      key: "submitted",
      label: t("results.column.submitted"),
      render: (row) => (row.submitted_at ? dateTime(row.submitted_at) : t("results.not_yet")),
    },
    {
      key: "score",
      label: t("results.column.score"),
      align: "end",
      render: (row) =>
        row.score ? (
          <>
            <strong>{number(row.score.scaled)}</strong>
            <div className={classes.detail}>
              {t("results.raw", { raw: number(row.score.raw), max: number(row.score.raw_max) })}
            </div>
          </>
        ) : (
          t("results.no_score")
        ),
    },
    {
      key: "passed",
      label: t("results.column.passed"),
      render: (row) => {
        if (!row.score) return t("results.no_result");
        if (row.score.passed === null) return t("results.no_pass_mark");
        return row.score.passed ? (
          <Tag tone="good" icon="check">
            {t("results.passed")}
          </Tag>
        ) : (
          <Tag tone="neutral" icon="cross">
            {t("results.not_passed")}
          </Tag>
        );
      },
    },
    {
      key: "timeline",
      label: t("live.column.actions"),
      isLabelHidden: true,
      render: (row) => (
        <Link to={paths.timeline(delivery.id, row.id)}>
          {t("timeline.link")}
          <span className="visually-hidden">{t("timeline.of", { name: row.learner.name })}</span>
        </Link>
      ),
    },
  ];
}
