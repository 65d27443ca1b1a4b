import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import i18next from "i18next";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import { verificationQuery } from "../../api/boards";
import type { VerifiedCertificate } from "../../api/types";
import { LanguageSelect } from "../../app/LanguageSelect";
import { useFormats } from "../../app/formats";
import { SkeletonRows } from "../../components/DataList";
import { EmptyState } from "../../components/EmptyState";
import { PageTitle } from "../../components/PageTitle";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { Tag, type Tone } from "../../components/Tag";
import { LegalLinks } from "../legal/LegalLinks";
import classes from "./certificates.module.css";

await i18next.loadNamespaces("certificates");

const TONES: Record<VerifiedCertificate["state"], Tone> = { valid: "good", revoked: "bad", withdrawn: "caution" };

/** Whether a certificate counts, for everybody who has its code: nobody has to sign in. */
export function VerifyPage() {
  const { t } = useTranslation("certificates");
  const { code } = useParams();
  return (
    <main className={classes.page}>
      <PageTitle title={t("verify.title")} lead={code ? undefined : t("verify.lead")} />
      {code ? <Verified code={code} /> : <CodeForm />}
      <footer className={classes.foot}>
        <LegalLinks />
        <LanguageSelect />
      </footer>
    </main>
  );
}

function CodeForm({ before = "" }: { before?: string }) {
  const { t } = useTranslation("certificates");
  const navigate = useNavigate();
  const [code, setCode] = useState(before);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (code.trim()) void navigate(`/certificates/${encodeURIComponent(code.trim())}`);
  }

  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label={t("verify.code")}
        description={t("verify.code_words")}
        value={code}
        maxLength={40}
        autoCapitalize="characters"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <Button type="submit">{t("verify.go")}</Button>
    </form>
  );
}

function Verified({ code }: { code: string }) {
  const { t } = useTranslation("certificates");
  const { data: found, error, refetch } = useQuery(verificationQuery(code));
  if (error) return <Problem error={error} onRetry={() => void refetch()} />;
  if (found === undefined) return <SkeletonRows rows={1} height={180} />;
  if (found === null) {
    return (
      <>
        <div role="status">
          <EmptyState title={t("verify.unknown")}>{t("verify.unknown_words")}</EmptyState>
        </div>
        <CodeForm before={code} />
      </>
    );
  }
  return (
    <>
      <Facts found={found} />
      <Link to="/certificates">{t("verify.another")}</Link>
    </>
  );
}

function Facts({ found }: { found: VerifiedCertificate }) {
  const { t } = useTranslation("certificates");
  const { date } = useFormats();
  const { state, name, exam, academy } = found;
  const words = {
    valid: t("verify.valid_words", { academy, name }),
    revoked: found.revoked_at ? t("verify.revoked_words", { date: date(found.revoked_at) }) : "",
    withdrawn: t("verify.withdrawn_words"),
  };
  return (
    <Panel>
      <div className={classes.card} role="status">
        <Tag tone={TONES[state]} icon={state === "valid" ? "check" : "warning"}>
          {t(`state.${state}`)}
        </Tag>
        <h2>{t(`verify.${state}`)}</h2>
        <p>{words[state]}</p>
      </div>
      {state === "withdrawn" ? null : (
        <dl className={classes.facts}>
          <dt>{t("verify.name")}</dt>
          <dd>{name}</dd>
          <dt>{t("verify.exam")}</dt>
          <dd>{exam}</dd>
          <dt>{t("verify.academy")}</dt>
          <dd>{academy}</dd>
          <dt>{t("verify.date")}</dt>
          <dd>{found.passed_date ? date(`${found.passed_date}T12:00:00Z`) : ""}</dd>
          <dt>{t("verify.code")}</dt>
          <dd>
            <code className={classes.code}>{found.code}</code>
          </dd>
        </dl>
      )}
    </Panel>
  );
}
