import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import i18next from "i18next";
import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link, Navigate, useNavigate, useSearchParams } from "react-router";
import { isProblem } from "../../api/problem";
import { pendingFlows, sessionQuery } from "../../api/session";
import { LanguageSelect } from "../../app/LanguageSelect";
import { OfflineBanner } from "../../components/OfflineBanner";
import { PageTitle } from "../../components/PageTitle";
import { LegalLinks } from "../legal/LegalLinks";
import { ChallengeFailed, ChallengeProgress } from "./ChallengeProgress";
import { ProviderButtons } from "./ProviderButtons";
import { SignInProblem, WRONG_PAIR } from "./SignInProblem";
import { signInWithWork } from "./challenge";
import { nextPath } from "./nextPath";
import classes from "./SignInPage.module.css";

await i18next.loadNamespaces("sessions");

export function SignInPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const next = nextPath(search.get("next"));
  const form = useRef<HTMLFormElement>(null);
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  // How far the browser is with a challenge; null while there is none.
  const [share, setShare] = useState<number | null>(null);
  const [missing, setMissing] = useState<{ email?: string; password?: string }>({});

  const session = useQuery({ ...sessionQuery, staleTime: 0, gcTime: 0 });

  const entering = useMutation({
    mutationFn: (credentials: { email: string; password: string }) => signInWithWork(credentials, setShare),
    onSettled: () => setShare(null),
    onSuccess: async () => {
      client.removeQueries({ queryKey: ["me"] });
      client.removeQueries({ queryKey: sessionQuery.queryKey });
      await navigate(next, { replace: true });
    },
    onError: (error) => {
      if (isProblem(error, "already_signed_in")) void navigate(next, { replace: true });
      else if (isProblem(error, "pending_step") && pendingFlows(error).includes("verify_email")) {
        void navigate("/verify", { state: { email: email.trim(), next } });
      } else setPassword("");
    },
  });

  if (session.data?.authenticated && !entering.isPending) return <Navigate to={next} replace />;

  const fieldErrors = isProblem(entering.error, "validation_error") ? entering.error.fields : [];
  const errorOf = (field: string) => fieldErrors.find((each) => each.field === field && !WRONG_PAIR.has(each.code))?.detail;

  function submit(event: FormEvent) {
    event.preventDefault();
    const found = {
      email: email.trim() ? undefined : t("session.email_missing"),
      password: password ? undefined : t("session.password_missing"),
    };
    setMissing(found);
    const first = found.email ? "email" : found.password ? "password" : null;
    if (first) {
      form.current?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus();
      return;
    }
    entering.mutate({ email: email.trim(), password });
  }

  return (
    <>
      <OfflineBanner />
      <main className={classes.page}>
        <div className={classes.card}>
          <p className={classes.brand}>ProficientHub</p>
          <PageTitle title={t("session.title")} lead={search.get("next") ? t("session.lead_next") : undefined} />
          {isProblem(entering.error, "challenge_required") ? <ChallengeFailed /> : <SignInProblem error={entering.error} />}
          <ChallengeProgress share={share} />
          <form ref={form} className={classes.form} onSubmit={submit} noValidate>
            <TextInput
              label={t("session.email")}
              name="email"
              type="email"
              autoComplete="username"
              inputMode="email"
              required
              withAsterisk={false}
              value={email}
              error={missing.email ?? errorOf("email")}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <PasswordInput
              label={t("session.password")}
              name="password"
              autoComplete="current-password"
              required
              withAsterisk={false}
              value={password}
              error={missing.password ?? errorOf("password")}
              visibilityToggleButtonProps={{ "aria-label": t("session.password_visibility"), tabIndex: 0 }}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <Button type="submit" loading={entering.isPending} size="md">
              {t("session.sign_in")}
            </Button>
          </form>
          <ProviderButtons next={next} />
          <p className={classes.ways}>
            <Link to="/forgot">{t("session.forgot")}</Link>
            <Link to="/sign-up">{t("session.sign_up")}</Link>
          </p>
        </div>
        <div className={classes.language}>
          <LanguageSelect />
          <LegalLinks />
        </div>
      </main>
    </>
  );
}
