import { Button } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { invitationsKey, invitationsQuery, revoke, sendAgain, type Invitation } from "../../../api/people";
import { useAcademy } from "../../../app/academy";
import { useFormats } from "../../../app/formats";
import { useAnnounce } from "../../../components/Announcer";
import { DataList } from "../../../components/DataList";
import { Dialog } from "../../../components/Dialog";
import { Problem } from "../../../components/Problem";
import { Tag } from "../../../components/Tag";
import { MoreButton } from "../parts/MoreButton";
import { StackedTable, type Column } from "../parts/StackedTable";
import classes from "./people.module.css";

/** Who is invited and has not answered; nothing at all where nobody is. */
export function Invitations() {
  const { t } = useTranslation("manage");
  const { slug } = useAcademy();
  const { dateTime } = useFormats();
  const client = useQueryClient();
  const announce = useAnnounce();
  const list = useInfiniteQuery(invitationsQuery(slug));
  const [revoked, setRevoked] = useState<Invitation | null>(null);
  const sending = useMutation({
    mutationFn: (invitation: Invitation) => sendAgain(slug, invitation.id),
    onSuccess: async ({ address }) => {
      await client.invalidateQueries({ queryKey: invitationsKey(slug) });
      announce(t("people.invited", { address }));
    },
  });
  const columns: Column<Invitation>[] = [
    {
      key: "address",
      label: t("people.column.address"),
      render: (row) => (
        <>
          <strong>{row.address}</strong>
          <div className={classes.detail}>{t("people.invited_by", { name: row.invited_by })}</div>
        </>
      ),
    },
    {
      key: "role",
      label: t("people.column.role"),
      render: (row) => (
        <>
          {t(`people.role.${row.role}`)}
          {row.cohort ? <div className={classes.detail}>{row.cohort}</div> : null}
        </>
      ),
    },
    {
      key: "expires",
      label: t("people.column.expires"),
      render: (row) => (row.is_expired ? <Tag tone="caution">{t("people.expired")}</Tag> : dateTime(row.expires_at)),
    },
    {
      key: "actions",
      label: t("live.column.actions"),
      isLabelHidden: true,
      render: (row) => (
        <div className={classes.actions}>
          <Button
            size="compact-sm"
            variant="default"
            loading={sending.isPending && sending.variables.id === row.id}
            aria-label={t("people.send_again_to", { address: row.address })}
            onClick={() => sending.mutate(row)}
          >
            {t("people.send_again")}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t("people.revoke_of", { address: row.address })}
            onClick={() => setRevoked(row)}
          >
            {t("people.revoke")}
          </Button>
        </div>
      ),
    },
  ];

  return (
    <>
      <DataList rows={list.data?.pages.flatMap((page) => page.results)} error={list.error} onRetry={() => void list.refetch()} empty={null}>
        {(rows) => (
          <section className={classes.part}>
            <h2>{t("people.invitations")}</h2>
            {sending.error ? <Problem error={sending.error} /> : null}
            <StackedTable caption={t("people.invitations")} columns={columns} rows={rows} rowKey={(row) => row.id} />
            <MoreButton list={list} />
          </section>
        )}
      </DataList>
      <RevokeDialog revoked={revoked} onClose={() => setRevoked(null)} />
    </>
  );
}

function RevokeDialog({ revoked, onClose }: { revoked: Invitation | null; onClose: () => void }) {
  const { t } = useTranslation("manage");
  const { slug } = useAcademy();
  const client = useQueryClient();
  const announce = useAnnounce();
  const revoking = useMutation({
    mutationFn: (invitation: Invitation) => revoke(slug, invitation.id),
    onSuccess: async (_, { address }) => {
      await client.invalidateQueries({ queryKey: invitationsKey(slug) });
      announce(t("people.revoked", { address }));
      onClose();
    },
  });
  return (
    <Dialog
      isOpen={revoked !== null}
      onClose={() => {
        revoking.reset();
        onClose();
      }}
      title={t("people.revoke_title", { address: revoked?.address ?? "" })}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button
            color="red"
            className={classes.destructive}
            loading={revoking.isPending}
            onClick={() => revoked && revoking.mutate(revoked)}
          >
            {t("people.revoke")}
          </Button>
        </>
      }
    >
      <p>{t("people.revoke_words")}</p>
      {revoking.error ? <Problem error={revoking.error} /> : null}
    </Dialog>
  );
}
