import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { endOtherSessions, endSession, sessionsQuery } from "../../api/sessions";
import type { UserSession } from "../../api/types";
import { useFormats } from "../../app/formats";
import { useAnnounce } from "../../components/Announcer";
import { DataList } from "../../components/DataList";
import { Dialog } from "../../components/Dialog";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { Tag } from "../../components/Tag";
import classes from "./SessionsPage.module.css";

/** Every sign-in that is still open, and the way to end it. */
export function SessionList() {
  const { t } = useTranslation("sessions");
  const list = useQuery(sessionsQuery);
  const [isAsking, setAsking] = useState(false);
  return (
    <Panel title={t("list.title")}>
      <DataList rows={list.data} error={list.error} onRetry={() => void list.refetch()} empty={null}>
        {(rows) => (
          <>
            <ul className={classes.rows}>
              {rows.map((session) => (
                <SessionRow key={session.id} session={session} />
              ))}
            </ul>
            <div className={classes.after}>
              {rows.length > 1 ? (
                <Button variant="default" onClick={() => setAsking(true)}>
                  {t("list.end_others")}
                </Button>
              ) : (
                <p className={classes.detail}>{t("list.only_one")}</p>
              )}
            </div>
          </>
        )}
      </DataList>
      <EndOthersDialog isOpen={isAsking} onClose={() => setAsking(false)} />
    </Panel>
  );
}

function SessionRow({ session }: { session: UserSession }) {
  const { t } = useTranslation("sessions");
  const { dateTime } = useFormats();
  const announce = useAnnounce();
  const client = useQueryClient();
  const device = [session.browser, session.system].filter(Boolean).join(", ") || t("list.unknown");
  const ending = useMutation({
    mutationFn: () => endSession(session.id),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: sessionsQuery.queryKey });
      announce(t("list.ended", { device }));
    },
  });
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <span className={classes.name}>
          {device}
          {session.is_current ? <Tag tone="good">{t("list.this")}</Tag> : null}
        </span>
        <span className={classes.detail}>{t("list.last_used", { when: dateTime(session.last_used_at) })}</span>
        <span className={classes.detail}>
          {t("list.signed_in", { when: dateTime(session.signed_in_at) })}
          {session.address ? ` · ${t("list.network", { address: session.address })}` : null}
        </span>
      </div>
      {session.is_current ? null : (
        <Button
          variant="default"
          size="compact-sm"
          aria-label={t("list.end_of", { device })}
          loading={ending.isPending}
          onClick={() => ending.mutate()}
        >
          {t("list.end")}
        </Button>
      )}
      {ending.error ? <Problem error={ending.error} heading={t("list.not_ended")} /> : null}
    </li>
  );
}

function EndOthersDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation("sessions");
  const { t: common } = useTranslation();
  const announce = useAnnounce();
  const client = useQueryClient();
  const ending = useMutation({
    mutationFn: endOtherSessions,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: sessionsQuery.queryKey });
      announce(t("list.others_ended"));
      onClose();
    },
  });
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={t("list.confirm_title")}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {common("action.cancel")}
          </Button>
          <Button color="red" className={classes.destructive} loading={ending.isPending} onClick={() => ending.mutate()}>
            {t("list.end_others")}
          </Button>
        </>
      }
    >
      <p>{t("list.confirm_words")}</p>
      {ending.error ? <Problem error={ending.error} heading={t("list.not_ended")} /> : null}
    </Dialog>
  );
}
