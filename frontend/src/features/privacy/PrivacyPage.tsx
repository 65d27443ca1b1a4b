import { Button, Switch } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { askForErasure, askForExport, consentsQuery, decide, erasureQuery, exportsQuery } from "../../api/person";
import type { DataExport } from "../../api/types";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { useAnnounce } from "../../components/Announcer";
import { Dialog } from "../../components/Dialog";
import { PageTitle } from "../../components/PageTitle";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { Tag, type Tone } from "../../components/Tag";
import { chooseStatistics } from "../legal/cookieChoice";
import { LegalLinks } from "../legal/LegalLinks";
import classes from "./PrivacyPage.module.css";

const TONES: Record<DataExport["state"], Tone> = {
  queued: "neutral",
  running: "accent",
  ready: "good",
  failed: "bad",
  expired: "neutral",
};

export function PrivacyPage() {
  const { t } = useTranslation("privacy");
  const { name } = useAcademy();
  return (
    <>
      <PageTitle title={t("page.title")} place={name} lead={t("page.lead")} />
      <div className={classes.parts}>
        <ExportPanel />
        <ConsentsPanel />
        <ErasurePanel />
      </div>
    </>
  );
}

function ExportPanel() {
  const { t } = useTranslation("privacy");
  const { dateTime, number } = useFormats();
  const announce = useAnnounce();
  const client = useQueryClient();
  const { data: exports, error, refetch } = useQuery(exportsQuery);
  const asking = useMutation({
    mutationFn: askForExport,
    onSuccess: async () => {
      announce(t("export.asked"));
      await client.invalidateQueries({ queryKey: exportsQuery.queryKey });
    },
  });
  const isUnderWay = exports?.some((each) => each.state === "queued" || each.state === "running") ?? false;
  return (
    <Panel title={t("export.title")} className={classes.panel}>
      <p>{t("export.words")}</p>
      {error ? <Problem error={error} onRetry={() => void refetch()} /> : null}
      {exports && exports.length > 0 ? (
        <ul className={classes.exports} aria-live="polite">
          {exports.map((each) => (
            <li key={each.id}>
              <span>{t("export.of", { date: dateTime(each.asked_at) })}</span>
              <Tag tone={TONES[each.state]}>{t(`export.state.${each.state}`)}</Tag>
              {each.download_url && each.expires_at ? (
                <>
                  <a href={each.download_url} download aria-label={t("export.download_of", { date: dateTime(each.asked_at) })}>
                    {t("export.download", { size: number(Math.max(1, each.size / 1024), 0) })}
                  </a>
                  <span className={classes.hint}>{t("export.until", { date: dateTime(each.expires_at) })}</span>
                </>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      {asking.error ? <Problem error={asking.error} heading={t("export.not_asked")} /> : null}
      <Button className={classes.button} disabled={isUnderWay} loading={asking.isPending} onClick={() => asking.mutate()}>
        {t("export.ask")}
      </Button>
    </Panel>
  );
}

function ConsentsPanel() {
  const { t } = useTranslation("privacy");
  const { date } = useFormats();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(consentsQuery);
  const deciding = useMutation({
    mutationFn: (is_given: boolean) => decide({ topic: "statistics", is_given, source: "settings" }),
    onSuccess: (consents, isGiven) => {
      chooseStatistics(isGiven);
      client.setQueryData(consentsQuery.queryKey, consents);
    },
  });
  const terms = data?.consents.find((each) => each.topic === "terms");
  const statistics = data?.consents.find((each) => each.topic === "statistics");
  return (
    <Panel title={t("consents.title")} className={classes.panel}>
      {error ? <Problem error={error} onRetry={() => void refetch()} /> : null}
      {terms ? <p>{t("consents.terms", { version: terms.version, date: date(terms.decided_at) })}</p> : null}
      <Switch
        label={t("cookies.statistics")}
        description={t("cookies.statistics_words")}
        disabled={!data || deciding.isPending}
        checked={statistics?.is_given ?? false}
        onChange={(event) => deciding.mutate(event.currentTarget.checked)}
      />
      {deciding.error ? <Problem error={deciding.error} heading={t("cookies.not_kept")} /> : null}
      <LegalLinks />
    </Panel>
  );
}

function ErasurePanel() {
  const { t } = useTranslation("privacy");
  const client = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const { data } = useQuery(erasureQuery);
  const asking = useMutation({
    mutationFn: askForErasure,
    // The session has ended: the next question about "me" leads to the sign-in page.
    onSuccess: () => client.resetQueries({ queryKey: ["me"] }),
    onError: () => setIsOpen(false),
  });
  const days = data?.grace_days ?? 14;
  return (
    <Panel title={t("erasure.title")} className={classes.panel}>
      <p>{t("erasure.words", { count: days })}</p>
      {asking.error ? <Problem error={asking.error} heading={t("erasure.not_asked")} /> : null}
      <Button className={classes.button} color="red" variant="default" onClick={() => setIsOpen(true)}>
        {t("erasure.ask")}
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        title={t("erasure.confirm_title")}
        footer={
          <>
            <Button variant="default" onClick={() => setIsOpen(false)}>
              {t("erasure.keep")}
            </Button>
            <Button color="red" loading={asking.isPending} onClick={() => asking.mutate()}>
              {t("erasure.confirm")}
            </Button>
          </>
        }
      >
        <p>{t("erasure.what_goes")}</p>
        <p>{t("erasure.what_stays")}</p>
        <p>{t("erasure.grace", { count: days })}</p>
      </Dialog>
    </Panel>
  );
}
