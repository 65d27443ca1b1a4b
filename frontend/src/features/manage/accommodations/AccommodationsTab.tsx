import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { accommodationsQuery, removeAccommodation } from "../../../api/manage";
import type { AccommodationOut } from "../../../api/manageTypes";
import { useAcademy } from "../../../app/academy";
import { useFormats } from "../../../app/formats";
import { useAnnounce } from "../../../components/Announcer";
import { DataList } from "../../../components/DataList";
import { Dialog } from "../../../components/Dialog";
import { EmptyState } from "../../../components/EmptyState";
import { Problem } from "../../../components/Problem";
import { useDelivery } from "../delivery/useDelivery";
import { StackedTable, type Column } from "../parts/StackedTable";
import { AddAccommodationDialog } from "./AddAccommodationDialog";
import classes from "./accommodations.module.css";

export function AccommodationsTab() {
  const { t } = useTranslation("manage");
  const { slug } = useAcademy();
  const delivery = useDelivery();
  const { percent, number } = useFormats();
  const list = useQuery(accommodationsQuery(slug, delivery.id));
  const [isAdding, setAdding] = useState(false);
  const [removed, setRemoved] = useState<AccommodationOut | null>(null);
  const columns: Column<AccommodationOut>[] = [
    {
      key: "learner",
      label: t("accommodation.column.learner"),
      render: (row) => (
        <>
          <strong>{row.member.name || row.member.email}</strong>
          <div className={classes.detail}>{row.member.email}</div>
        </>
      ),
    },
    {
      key: "time",
      label: t("accommodation.column.time"),
      render: (row) => {
        const more = (Number(row.time_factor) - 1) * 100;
        return more > 0 ? t("accommodation.more_time", { percent: percent(more) }) : t("accommodation.same_time");
      },
    },
    {
      key: "attempts",
      label: t("accommodation.column.attempts"),
      align: "end",
      render: (row) => number(row.extra_attempts),
    },
    {
      key: "scope",
      label: t("accommodation.column.scope"),
      render: (row) => (row.delivery ? t("accommodation.this_exam") : t("accommodation.all_exams")),
    },
    { key: "note", label: t("accommodation.column.note"), render: (row) => row.note || t("accommodation.no_note") },
    {
      key: "remove",
      label: t("live.column.actions"),
      isLabelHidden: true,
      render: (row) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t("accommodation.remove_of", { name: row.member.name })}
          onClick={() => setRemoved(row)}
        >
          {t("accommodation.remove")}
        </Button>
      ),
    },
  ];
  const add = <Button onClick={() => setAdding(true)}>{t("accommodation.add")}</Button>;

  return (
    <>
      <div className={classes.head}>
        <p className={classes.lead}>{t("accommodation.lead")}</p>
        {list.data && list.data.length > 0 ? add : null}
      </div>
      <DataList
        rows={list.data}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={
          <EmptyState title={t("accommodation.none")} action={add}>
            {t("accommodation.none_words")}
          </EmptyState>
        }
      >
        {(rows) => (
          <StackedTable caption={t("accommodation.caption")} columns={columns} rows={rows} rowKey={(row) => row.id} />
        )}
      </DataList>
      <AddAccommodationDialog isOpen={isAdding} onClose={() => setAdding(false)} />
      <RemoveDialog removed={removed} onClose={() => setRemoved(null)} />
    </>
  );
}

function RemoveDialog({ removed, onClose }: { removed: AccommodationOut | null; onClose: () => void }) {
  const { t } = useTranslation("manage");
  const { slug } = useAcademy();
  const client = useQueryClient();
  const announce = useAnnounce();
  const removing = useMutation({
    mutationFn: (accommodation: AccommodationOut) => removeAccommodation(slug, accommodation.id),
    onSuccess: async (_, accommodation) => {
      await client.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[1] === slug && queryKey.includes("accommodations"),
      });
      announce(t("accommodation.removed", { name: accommodation.member.name }));
      onClose();
    },
  });
  return (
    <Dialog
      isOpen={removed !== null}
      onClose={() => {
        removing.reset();
        onClose();
      }}
      title={t("accommodation.remove_title", { name: removed?.member.name ?? "" })}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button
            color="red"
            className={classes.destructive}
            loading={removing.isPending}
            onClick={() => removed && removing.mutate(removed)}
          >
            {t("accommodation.remove")}
          </Button>
        </>
      }
    >
      <p>{removed?.delivery ? t("accommodation.remove_words") : t("accommodation.remove_words_all")}</p>
      {removing.error ? <Problem error={removing.error} /> : null}
    </Dialog>
  );
}
