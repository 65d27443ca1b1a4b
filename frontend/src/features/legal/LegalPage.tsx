import { Switch } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import i18next from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { request } from "../../api/client";
import { decide, legalQuery } from "../../api/person";
import type { LegalKind } from "../../api/types";
import { isLocale } from "../../app/i18n";
import { LanguageSelect } from "../../app/LanguageSelect";
import { useFormats } from "../../app/formats";
import { SkeletonRows } from "../../components/DataList";
import { EmptyState } from "../../components/EmptyState";
import { PageTitle } from "../../components/PageTitle";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { RichText } from "../../components/RichText";
import { acceptsStatistics, chooseStatistics } from "./cookieChoice";
import { LegalLinks } from "./LegalLinks";
import classes from "./LegalPage.module.css";

await i18next.loadNamespaces("privacy");

/** A legal text in force, for everybody: nobody has to sign in to read it. */
export function LegalPage({ kind }: { kind: LegalKind }) {
  const { t, i18n } = useTranslation("privacy");
  const { date } = useFormats();
  const locale = isLocale(i18n.language) ? i18n.language : "en";
  const { data: document, error, refetch } = useQuery(legalQuery(kind, locale));
  return (
    <main className={classes.page}>
      <Link to="/">{t("legal.back")}</Link>
      <PageTitle
        title={document?.title ?? t(`legal.${kind}`)}
        lead={document?.published_at ? t("legal.version", { version: document.version, date: date(document.published_at) }) : undefined}
      />
      {error ? <Problem error={error} onRetry={() => void refetch()} /> : null}
      {document === undefined && !error ? <SkeletonRows rows={4} /> : null}
      {document === null ? <EmptyState title={t("legal.missing")} /> : null}
      {document ? (
        <div className={classes.text} lang={document.locale}>
          <RichText html={document.body_html} />
        </div>
      ) : null}
      {kind === "cookies" ? <CookieChoice /> : null}
      <footer className={classes.foot}>
        <LegalLinks />
        <LanguageSelect />
      </footer>
    </main>
  );
}

/** Kept on this device and, for somebody who is signed in, as a consent. */
function CookieChoice() {
  const { t } = useTranslation("privacy");
  const [isGiven, setIsGiven] = useState(acceptsStatistics);
  const choosing = useMutation({
    mutationFn: async (wanted: boolean) => {
      setIsGiven(wanted);
      chooseStatistics(wanted);
      const { authenticated } = await request<{ authenticated: boolean }>("/session/");
      if (authenticated) await decide({ topic: "statistics", is_given: wanted, source: "cookie_notice" });
    },
  });
  return (
    <Panel title={t("cookies.title")}>
      <Switch
        label={t("cookies.statistics")}
        description={t("cookies.statistics_words")}
        checked={isGiven}
        onChange={(event) => choosing.mutate(event.currentTarget.checked)}
      />
      {choosing.error ? <Problem error={choosing.error} heading={t("cookies.not_kept")} /> : null}
    </Panel>
  );
}
