import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import i18next from "i18next";
import { useState, type FormEvent } from "react";
import { Trans, useTranslation } from "react-i18next";
import { Link, Navigate, useNavigate, useSearchParams } from "react-router";
import { acceptInvitation, entryQuery, invitationQuery, signUp, type InvitedTo } from "../../api/account";
import { legalQuery } from "../../api/person";
import { browserTimeZone } from "../../app/formats";
import { isLocale } from "../../app/i18n";
import { SkeletonRows } from "../../components/DataList";
import { PageTitle } from "../../components/PageTitle";
import { Problem } from "../../components/Problem";
import { ProviderButtons } from "../session/ProviderButtons";
import classes from "../session/SignInPage.module.css";
import { PasswordField } from "./PasswordField";
import { Refusal, Sentence } from "./Refusal";
import { useAccountErrors } from "./useAccountErrors";

await i18next.loadNamespaces("sessions");

const FIELDS = ["name", "email", "password"] as const;

export function SignUpPage() {
  const { t } = useTranslation("account");
  const [search] = useSearchParams();
  const token = search.get("invitation");
  const entry = useQuery(entryQuery);
  const invitation = useQuery({ ...invitationQuery(token ?? ""), enabled: token !== null });
  if (entry.data?.isSignedIn) return <Navigate to={token ? `/invitation/${token}` : "/"} replace />;
  const isReady = entry.data !== undefined && (token === null || invitation.data !== undefined);
  const problem = entry.error ?? invitation.error;

  return (
    <>
      <PageTitle
        title={t("sign_up.title")}
        lead={invitation.data ? t("sign_up.lead_invited", { academy: invitation.data.academy }) : t("sign_up.lead")}
      />
      {problem ? <Problem error={problem} /> : null}
      {!problem && !isReady ? <SkeletonRows rows={3} /> : null}
      {isReady && !entry.data?.isOpen && !invitation.data ? <Sentence>{t("error.sign_up_closed")}</Sentence> : null}
      {isReady && (entry.data?.isOpen || invitation.data) ? <SignUpForm token={token} invitation={invitation.data} /> : null}
      <p className={classes.ways}>
        <Link to={token ? `/sign-in?next=${encodeURIComponent(`/invitation/${token}`)}` : "/sign-in"}>{t("sign_up.have_account")}</Link>
      </p>
    </>
  );
}

function SignUpForm({ token, invitation }: { token: string | null; invitation: InvitedTo | undefined }) {
  const { t, i18n } = useTranslation("account");
  const client = useQueryClient();
  const navigate = useNavigate();
  const locale = isLocale(i18n.language) ? i18n.language : "en";
  const { data: terms } = useQuery(legalQuery("terms", locale));
  const [name, setName] = useState("");
  const [email, setEmail] = useState(invitation?.address ?? "");
  const [password, setPassword] = useState("");
  const [missing, setMissing] = useState<Record<string, string>>({});
  const entering = useMutation({
    mutationFn: async () => {
      const proof = invitation ? { proof: invitation.proof } : {};
      const consents = terms ? [`terms@${terms.version}`] : [];
      const person = { name: name.trim(), email: email.trim(), password, locale, time_zone: browserTimeZone() };
      const entry = await signUp({ ...person, ...proof, consents });
      if (entry === "verify") return "/verify";
      const academy = token && (await acceptInvitation(token).catch(() => null));
      return academy ? `/a/${academy.slug}` : "/";
    },
    onSuccess: async (next) => {
      client.removeQueries({ queryKey: ["me"] });
      await navigate(next, { replace: true, state: { email: email.trim() } });
    },
  });
  const { errorOf, overall, rest } = useAccountErrors(entering.error, FIELDS);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const found = {
      ...(name.trim() ? {} : { name: t("missing.name") }),
      ...(email.trim() ? {} : { email: t("missing.email") }),
      ...(password ? {} : { password: t("missing.password") }),
    };
    setMissing(found);
    const first = FIELDS.find((field) => field in found);
    if (first) event.currentTarget.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus();
    else entering.mutate();
  }

  return (
    <>
      <Refusal overall={overall} rest={rest} />
      <form className={classes.form} onSubmit={submit} noValidate>
        <TextInput
          label={t("field.name")}
          name="name"
          autoComplete="name"
          required
          withAsterisk={false}
          value={name}
          error={missing.name ?? errorOf("name")}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t("field.email")}
          name="email"
          type="email"
          autoComplete="username"
          inputMode="email"
          required
          withAsterisk={false}
          readOnly={invitation !== undefined}
          value={email}
          error={missing.email ?? errorOf("email")}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordField
          label={t("field.password")}
          name="password"
          about={[name, email]}
          value={password}
          error={missing.password ?? errorOf("password")}
          onChange={setPassword}
        />
        {terms ? (
          <p className={classes.small}>
            <Trans
              t={t}
              i18nKey="sign_up.terms"
              components={{ terms: <Link to="/terms" target="_blank" />, privacy: <Link to="/privacy" target="_blank" /> }}
            />
          </p>
        ) : null}
        <Button type="submit" loading={entering.isPending} size="md">
          {t("sign_up.submit")}
        </Button>
      </form>
      {token ? null : <ProviderButtons next="/" />}
    </>
  );
}
