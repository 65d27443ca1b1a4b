import { useQuery } from "@tanstack/react-query";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { Navigate, useSearchParams } from "react-router";
import { request } from "../../api/client";
import { LoadingPage } from "../../app/LoadingPage";
import { ButtonLink } from "../../components/ButtonLink";
import { PageTitle } from "../../components/PageTitle";
import { Problem } from "../../components/Problem";
import classes from "../../app/Alone.module.css";
import { nextPath } from "./nextPath";

await i18next.loadNamespaces("sessions");

const KNOWN = ["cancelled", "unverified_email", "email_taken", "signup_closed", "connected_other", "permission_denied"] as const;

/** Where a provider's sign-in comes back to: it leads on, or says in plain words why it did not work. */
export function ProviderReturnPage() {
  const { t } = useTranslation("sessions");
  const [search] = useSearchParams();
  const next = nextPath(search.get("next"));
  const error = search.get("error");
  const session = useQuery({
    queryKey: ["session"],
    queryFn: () => request<{ authenticated: boolean }>("/session/"),
    staleTime: 0,
    gcTime: 0,
  });
  if (session.isPending) return <LoadingPage />;
  const isSignedIn = session.data?.authenticated === true;
  const signIn = `/sign-in?next=${encodeURIComponent(next)}`;
  if (error === null && session.data) return <Navigate to={isSignedIn ? next : signIn} replace />;

  const isLinking = search.get("error_process") === "connect";
  const code = KNOWN.find((each) => each === error) ?? "unknown";
  return (
    <main className={classes.alone}>
      <PageTitle title={isLinking ? t("provider.failed_link") : t("provider.failed")} />
      {error === null ? <Problem error={session.error} onRetry={() => void session.refetch()} /> : <p>{t(`provider.error.${code}`)}</p>}
      <div>
        {isSignedIn ? (
          <ButtonLink to={next}>{t("provider.back")}</ButtonLink>
        ) : (
          <ButtonLink to={signIn}>{t("provider.to_sign_in")}</ButtonLink>
        )}
      </div>
    </main>
  );
}
