import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import i18next from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { certificateFile, certificatesQuery } from "../../api/boards";
import type { Certificate } from "../../api/types";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { ButtonLink } from "../../components/ButtonLink";
import { DataList } from "../../components/DataList";
import { EmptyState } from "../../components/EmptyState";
import { PageTitle } from "../../components/PageTitle";
import { Panel } from "../../components/Panel";
import { Tag } from "../../components/Tag";
import classes from "./certificates.module.css";

await i18next.loadNamespaces("certificates");

export function CertificatesPage() {
  const { t } = useTranslation("certificates");
  const { t: common } = useTranslation();
  const { slug, name } = useAcademy();
  const list = useInfiniteQuery(certificatesQuery(slug));
  return (
    <>
      <PageTitle title={t("title")} place={name} lead={t("lead")} />
      <DataList
        rows={list.data?.pages.flatMap((page) => page.results)}
        error={list.error}
        onRetry={() => void list.refetch()}
        rowHeight={140}
        skeletonRows={2}
        empty={
          <EmptyState title={t("empty")} action={<ButtonLink to={`/a/${slug}`}>{t("to_exams")}</ButtonLink>}>
            {t("empty_words")}
          </EmptyState>
        }
      >
        {(certificates) => (
          <>
            <ul className={classes.rows}>
              {certificates.map((certificate) => (
                <li key={certificate.id}>
                  <CertificateCard certificate={certificate} />
                </li>
              ))}
            </ul>
            {list.hasNextPage ? (
              <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {common("action.load_more")}
              </Button>
            ) : null}
          </>
        )}
      </DataList>
    </>
  );
}

function CertificateCard({ certificate }: { certificate: Certificate }) {
  const { t } = useTranslation("certificates");
  const { slug } = useAcademy();
  const { date } = useFormats();
  const [said, setSaid] = useState("");
  const { exam, code, state } = certificate;
  const isValid = state === "valid";

  async function copy() {
    try {
      await navigator.clipboard.writeText(certificate.address);
      setSaid(t("copied"));
    } catch {
      setSaid(t("not_copied"));
    }
  }

  return (
    <Panel title={exam}>
      <div className={classes.card}>
        <Tag tone={isValid ? "good" : "bad"} icon={isValid ? "check" : "cross"}>
          {t(`state.${state}`)}
        </Tag>
        <p>
          {/* Noon, so that it is the same day wherever the person is. */}
          {t("passed_on", { date: date(`${certificate.passed_date}T12:00:00Z`) })} · {t("score", { score: certificate.score })}
        </p>
        <p>
          {t("code")} <code className={classes.code}>{code}</code>
        </p>
        {isValid ? (
          <div className={classes.actions}>
            <Button component="a" href={certificateFile(slug, certificate.id)} download aria-label={t("download_of", { exam })}>
              {t("download")}
            </Button>
            <Button variant="default" aria-label={t("copy_of", { exam })} onClick={() => void copy()}>
              {t("copy")}
            </Button>
            <Link to={`/certificates/${code}`} aria-label={t("open_of", { exam })}>
              {t("open")}
            </Link>
          </div>
        ) : certificate.revoked_at ? (
          <p className={classes.hint}>{t("revoked_words", { date: date(certificate.revoked_at) })}</p>
        ) : null}
        <p className={classes.hint} role="status">
          {said}
        </p>
      </div>
    </Panel>
  );
}
