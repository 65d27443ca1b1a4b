import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link, Navigate, useLocation, useNavigate } from "react-router";
import { entryQuery, resendCode, verifyCode } from "../../api/account";
import { isProblem } from "../../api/problem";
import { useAnnounce } from "../../components/Announcer";
import { ButtonLink } from "../../components/ButtonLink";
import { SkeletonRows } from "../../components/DataList";
import { PageTitle } from "../../components/PageTitle";
import { Problem } from "../../components/Problem";
import { nextPath } from "../session/nextPath";
import classes from "../session/SignInPage.module.css";
import { Refusal, Sentence } from "./Refusal";
import { useAccountErrors } from "./useAccountErrors";

/** As long as the server makes one wait between two letters. */
const PAUSE_SECONDS = 30;

/** The code of the letter, in the browser that asked for it. */
export function VerifyPage() {
  const { t } = useTranslation("account");
  const { state } = useLocation() as { state: { email?: string; next?: string } | null };
  const entry = useQuery(entryQuery);
  const next = nextPath(state?.next ?? null);
  if (entry.data?.isSignedIn) return <Navigate to={next} replace />;
  return (
    <>
      <PageTitle
        title={t("verify.title")}
        lead={state?.email ? t("verify.lead_email", { email: state.email }) : t("verify.lead")}
      />
      {entry.error ? <Problem error={entry.error} onRetry={() => void entry.refetch()} /> : null}
      {entry.isPending ? <SkeletonRows rows={2} /> : null}
      {entry.data?.isVerifying ? <CodeForm next={next} onOver={() => void entry.refetch()} /> : null}
      {entry.data && !entry.data.isVerifying ? <Over /> : null}
    </>
  );
}

function Over() {
  const { t } = useTranslation("account");
  return (
    <>
      <Sentence>{t("verify.over")}</Sentence>
      <ButtonLink to="/sign-in">{t("action.sign_in")}</ButtonLink>
    </>
  );
}

function CodeForm({ next, onOver }: { next: string; onOver: () => void }) {
  const { t } = useTranslation("account");
  const client = useQueryClient();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const [code, setCode] = useState("");
  const [isMissing, setMissing] = useState(false);
  const [pause, setPause] = useState(PAUSE_SECONDS);
  useEffect(() => {
    if (pause === 0) return;
    const waiting = window.setTimeout(() => setPause(pause - 1), 1000);
    return () => window.clearTimeout(waiting);
  }, [pause]);

  const isOver = (error: unknown) => isProblem(error) && error.status === 409;
  const entering = useMutation({
    mutationFn: verifyCode,
    onSuccess: async () => {
      client.removeQueries({ queryKey: ["me"] });
      await navigate(next, { replace: true });
    },
    onError: (error) => {
      if (isOver(error)) onOver();
    },
  });
  const resending = useMutation({
    mutationFn: resendCode,
    onSuccess: () => {
      setPause(PAUSE_SECONDS);
      announce(t("verify.sent_again"));
    },
  });
  const { errorOf, overall, rest } = useAccountErrors(entering.error, ["key"]);

  function submit(event: FormEvent) {
    event.preventDefault();
    setMissing(!code.trim());
    if (code.trim()) entering.mutate(code.trim());
  }

  return (
    <>
      <Refusal overall={overall} rest={rest} />
      <form className={classes.form} onSubmit={submit} noValidate>
        <TextInput
          label={t("field.code")}
          description={t("verify.code_words")}
          name="code"
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          required
          withAsterisk={false}
          value={code}
          error={isMissing ? t("missing.code") : errorOf("key")}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" loading={entering.isPending} size="md">
          {t("verify.submit")}
        </Button>
        <Button variant="default" disabled={pause > 0} loading={resending.isPending} onClick={() => resending.mutate()}>
          {pause > 0 ? t("verify.resend_in", { count: pause }) : t("verify.resend")}
        </Button>
      </form>
      {isOver(resending.error) ? <Sentence>{t("verify.enough")}</Sentence> : <Refusal overall={undefined} rest={resending.error} />}
      <p className={classes.ways}>
        <Link to="/sign-up">{t("verify.wrong_address")}</Link>
      </p>
    </>
  );
}
