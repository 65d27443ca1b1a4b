import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { consentsQuery, decide, legalQuery } from "../../api/person";
import { useSeenAs } from "../../api/seenAs";
import { isLocale } from "../../app/i18n";
import { useAcademy } from "../../app/academy";
import { Problem } from "../../components/Problem";
import { RichText } from "../../components/RichText";
import { SignOutButton } from "../session/SignOutButton";
import classes from "./TermsGate.module.css";

/** Asks about new terms before anything else. The way to one's own data stays open, and a sitting never meets it. */
export function TermsGate() {
  const { pathname } = useLocation();
  const { data } = useQuery(consentsQuery);
  const isOnTheWayOut = pathname.endsWith("/settings/privacy");
  // Who looks on as somebody else cannot accept for them.
  const isSeenAs = useSeenAs();
  return data?.must_accept_terms && !isOnTheWayOut && !isSeenAs ? <TermsDialog /> : null;
}

function TermsDialog() {
  const { t, i18n } = useTranslation("privacy");
  const { slug } = useAcademy();
  const client = useQueryClient();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const { data: terms } = useQuery(legalQuery("terms", isLocale(i18n.language) ? i18n.language : "en"));
  const accepting = useMutation({
    mutationFn: (version: number) => decide({ topic: "terms", is_given: true, version, source: "prompt" }),
    onSuccess: (consents) => client.setQueryData(consentsQuery.queryKey, consents),
    // The terms may have changed while they were being read.
    onError: () => client.invalidateQueries({ queryKey: ["legal", "terms"] }),
  });

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  return (
    <dialog
      ref={dialog}
      className={classes.gate}
      aria-labelledby={titleId}
      onCancel={(event) => event.preventDefault()}
      // Browsers let Escape through the second time.
      onClose={() => dialog.current?.showModal()}
    >
      <h2 id={titleId}>{t("gate.title")}</h2>
      <p>{t("gate.words")}</p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long content scrolls, so it must be reachable by keyboard */}
      <div className={classes.text} tabIndex={0} role="region" aria-label={terms?.title ?? t("gate.title")}>
        {terms ? <RichText html={terms.body_html} /> : null}
      </div>
      {accepting.error ? <Problem error={accepting.error} heading={t("gate.not_accepted")} /> : null}
      <div className={classes.foot}>
        <Link to={`/a/${slug}/settings/privacy`}>{t("gate.my_data")}</Link>
        <SignOutButton />
        <Button disabled={!terms} loading={accepting.isPending} onClick={() => terms && accepting.mutate(terms.version)}>
          {t("gate.accept")}
        </Button>
      </div>
    </dialog>
  );
}
