import { NativeSelect } from "@mantine/core";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { deliveriesQuery } from "../../../api/manage";
import type { DeliveryRow } from "../../../api/manageTypes";
import { useAcademy } from "../../../app/academy";
import { useFormats } from "../../../app/formats";
import { ButtonLink } from "../../../components/ButtonLink";
import { DataList } from "../../../components/DataList";
import { EmptyState } from "../../../components/EmptyState";
import { PageTitle } from "../../../components/PageTitle";
import { DELIVERY_ORDERINGS, DELIVERY_STATES, readDeliveryFilters, writeFilters } from "../filters";
import { FilterBar, FilterLinks, SearchField } from "../parts/FilterBar";
import { MoreButton } from "../parts/MoreButton";
import { StackedTable, type Column } from "../parts/StackedTable";
import { DeliveryStateTag } from "../parts/states";
import { useWindowWords } from "../parts/useWindowWords";
import { useManagePaths } from "../paths";
import { useFilters } from "../useFilters";
import classes from "./DeliveriesPage.module.css";

const ORDERING_KEYS = {
  "-created_at": "newest",
  title: "title",
  opens_at: "opens",
  closes_at: "closes",
} as const satisfies Record<(typeof DELIVERY_ORDERINGS)[number], string>;

export function DeliveriesPage() {
  const { t } = useTranslation("manage");
  const academy = useAcademy();
  const paths = useManagePaths();
  const { timeZone } = useFormats();
  const [address] = useSearchParams();
  const [filters, change] = useFilters(readDeliveryFilters);
  const list = useInfiniteQuery({ ...deliveriesQuery(academy.slug, filters), placeholderData: keepPreviousData });
  const columns = useColumns();
  const isFiltered = filters.state !== null || filters.search !== "";
  const create = <ButtonLink to={paths.create}>{t("deliveries.create")}</ButtonLink>;

  return (
    <>
      <PageTitle title={t("deliveries.title")} place={academy.name} lead={t("deliveries.lead")} actions={create} />
      <FilterBar>
        <FilterLinks
          label={t("deliveries.state_filter")}
          links={[null, ...DELIVERY_STATES].map((state) => ({
            key: state ?? "all",
            label: state ? t(`state.${state}`) : t("filter.all"),
            to: `?${writeFilters(address, { state })}`,
            isHere: filters.state === state,
          }))}
        />
        <SearchField label={t("deliveries.search")} value={filters.search} onSearch={(search) => change({ search })} />
        <NativeSelect
          label={t("filter.sort")}
          value={filters.ordering}
          data={DELIVERY_ORDERINGS.map((value) => ({ value, label: t(`deliveries.sort.${ORDERING_KEYS[value]}`) }))}
          onChange={(event) => change({ ordering: event.currentTarget.value })}
        />
      </FilterBar>
      <DataList
        rows={list.data?.pages.flatMap((page) => page.results)}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={
          isFiltered ? (
            <EmptyState
              title={t("deliveries.none_found")}
              action={
                <ButtonLink to="?" variant="default">
                  {t("filter.clear")}
                </ButtonLink>
              }
            >
              {t("deliveries.none_found_words")}
            </EmptyState>
          ) : (
            <EmptyState title={t("deliveries.none")} action={create}>
              {t("deliveries.none_words")}
            </EmptyState>
          )
        }
      >
        {(rows) => (
          <>
            <StackedTable caption={t("deliveries.title")} columns={columns} rows={rows} rowKey={(row) => row.id} />
            <p className={classes.zone}>{t("window.zone", { zone: timeZone })}</p>
            <MoreButton list={list} />
          </>
        )}
      </DataList>
    </>
  );
}

function useColumns(): Column<DeliveryRow>[] {
  const { t } = useTranslation("manage");
  const paths = useManagePaths();
  const { number } = useFormats();
  const windowWords = useWindowWords();
  return [
    {
      key: "title",
      label: t("deliveries.column.title"),
      render: (row) => (
        <>
          <Link className={classes.title} to={paths.delivery(row.id)}>
            {row.title}
          </Link>
          <div className={classes.detail}>{t("count.items", { count: row.item_count })}</div>
        </>
      ),
    },
    { key: "state", label: t("deliveries.column.state"), render: (row) => <DeliveryStateTag state={row.state} /> },
    { key: "window", label: t("deliveries.column.window"), render: windowWords },
    { key: "cohort", label: t("deliveries.column.cohort"), render: (row) => row.cohort?.name ?? t("everyone") },
    {
      key: "assigned",
      label: t("deliveries.column.assigned"),
      align: "end",
      render: (row) => number(row.counts.assigned),
    },
    { key: "sitting", label: t("deliveries.column.sitting"), align: "end", render: (row) => number(row.counts.in_progress) },
    { key: "marked", label: t("deliveries.column.marked"), align: "end", render: (row) => number(row.counts.marked) },
  ];
}
