import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { AttemptOut } from "../../api/types";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { ButtonLink } from "../../components/ButtonLink";
import { useDocumentTitle } from "../../components/PageTitle";
import { ResultWhen } from "../result/ResultWhen";
import type { Ended } from "./sessionState";
import classes from "./Sitting.module.css";

/** The end has its own calm, exact words, whoever or whatever ended it. */
export function EndedScreen({ ended, attempt }: { ended: Ended; attempt: AttemptOut }) {
  const { t } = useTranslation();
  const { time } = useFormats();
  const { slug, name } = useAcademy();
  const client = useQueryClient();
  const heading = useRef<HTMLHeadingElement>(null);
  const latest = ended.kind === "closed" ? null : ended.submission.attempt;
  const isAvailable = latest?.result.available ?? false;

  useEffect(() => {
    heading.current?.focus();
    void client.invalidateQueries({ queryKey: ["academy", slug] });
  }, [client, slug]);

  const title = ended.kind === "closed" ? closedTitle() : t(`ended.${ended.kind}`);
  useDocumentTitle(title, attempt.delivery.title);

  function closedTitle(): string {
    if (ended.kind !== "closed") return "";
    if (ended.state === "terminated") return t("ended.terminated");
    if (ended.state === "voided") return t("ended.voided");
    if (ended.state && ["submitted", "marking", "marked", "released"].includes(ended.state)) return t("ended.elsewhere");
    return ended.closedAt ? t("ended.closed_at", { time: time(ended.closedAt) }) : t("ended.closed");
  }

  return (
    <main className={classes.alone}>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {ended.kind === "closed" ? (
        <p>
          {t("ended.saved", { count: ended.saved, given: ended.given })}{" "}
          {ended.state === "terminated" ? t("ended.ask_staff") : ""}
        </p>
      ) : (
        <p>{t("ended.answered", { count: ended.answered, total: ended.total })}</p>
      )}
      {latest && !isAvailable ? <ResultWhen result={latest.result} /> : null}
      <div className={classes.actions}>
        {isAvailable ? <ButtonLink to={`/a/${slug}/attempts/${attempt.id}/result`}>{t("ended.see_result")}</ButtonLink> : null}
        <ButtonLink to={`/a/${slug}`} variant={isAvailable ? "default" : "filled"}>
          {t("ended.home", { academy: name })}
        </ButtonLink>
      </div>
    </main>
  );
}
