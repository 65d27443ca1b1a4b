import { Button, NativeSelect } from "@mantine/core";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { membersQuery, ROLES, type Member } from "../../../api/people";
import { useAcademy, usePower } from "../../../app/academy";
import { NotFound } from "../../../app/RouteProblem";
import { DataList } from "../../../components/DataList";
import { EmptyState } from "../../../components/EmptyState";
import { PageTitle } from "../../../components/PageTitle";
import { FilterBar, SearchField } from "../parts/FilterBar";
import { MoreButton } from "../parts/MoreButton";
import { StackedTable, type Column } from "../parts/StackedTable";
import { Invitations } from "./Invitations";
import { InviteDialog } from "./InviteDialog";
import classes from "./people.module.css";

/** Who belongs to the academy, and who is asked to. */
export function PeoplePage() {
  const { t } = useTranslation("manage");
  const academy = useAcademy();
  const mayManage = usePower("manage_people");
  const [isInviting, setInviting] = useState(false);
  if (!mayManage) return <NotFound />;
  return (
    <>
      <PageTitle
        title={t("people.title")}
        place={academy.name}
        lead={t("people.lead")}
        actions={<Button onClick={() => setInviting(true)}>{t("people.invite")}</Button>}
      />
      <Invitations />
      <Members />
      <InviteDialog isOpen={isInviting} onClose={() => setInviting(false)} />
    </>
  );
}

function Members() {
  const { t } = useTranslation("manage");
  const { slug } = useAcademy();
  const [address, setAddress] = useSearchParams();
  const filters = { role: address.get("role"), search: address.get("search") ?? "" };
  const list = useInfiniteQuery({ ...membersQuery(slug, filters), placeholderData: keepPreviousData });
  const columns: Column<Member>[] = [
    {
      key: "name",
      label: t("people.column.person"),
      render: (row) => (
        <>
          <strong>{row.name || row.email}</strong>
          <div className={classes.detail}>{row.email}</div>
        </>
      ),
    },
    { key: "role", label: t("people.column.role"), render: (row) => t(`people.role.${row.role}`) },
    { key: "cohorts", label: t("people.column.cohorts"), render: (row) => row.cohorts.join(", ") || t("people.no_cohort") },
  ];

  function change(name: string, value: string) {
    setAddress(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true, preventScrollReset: true },
    );
  }

  return (
    <section className={classes.part}>
      <h2>{t("people.members")}</h2>
      <FilterBar>
        <SearchField label={t("people.search")} value={filters.search} onSearch={(text) => change("search", text.trim())} />
        <NativeSelect
          label={t("people.column.role")}
          value={filters.role ?? ""}
          data={[{ value: "", label: t("filter.all") }, ...ROLES.map((value) => ({ value, label: t(`people.role.${value}`) }))]}
          onChange={(event) => change("role", event.currentTarget.value)}
        />
      </FilterBar>
      <DataList
        rows={list.data?.pages.flatMap((page) => page.results)}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={<EmptyState title={t("people.none_found")}>{t("people.none_found_words")}</EmptyState>}
      >
        {(rows) => (
          <>
            <StackedTable caption={t("people.members")} columns={columns} rows={rows} rowKey={(row) => row.id} />
            <MoreButton list={list} />
          </>
        )}
      </DataList>
    </section>
  );
}
