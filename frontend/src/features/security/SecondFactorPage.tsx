import { useQuery, useQueryClient } from "@tanstack/react-query";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { Navigate, useNavigate, useSearchParams } from "react-router";
import { methodsQuery } from "../../api/factors";
import { sessionQuery } from "../../api/session";
import { LanguageSelect } from "../../app/LanguageSelect";
import { SkeletonRows } from "../../components/DataList";
import { PageTitle } from "../../components/PageTitle";
import { Problem } from "../../components/Problem";
import { SignOutButton } from "../session/SignOutButton";
import { nextPath } from "../session/nextPath";
import card from "../session/SignInPage.module.css";
import { ProofForm } from "./ProofForm";

await i18next.loadNamespaces("security");

/** After the password: the second factor. The admin sends people here as well, for their passkeys. */
export function SecondFactorPage() {
  const { t } = useTranslation("security");
  const client = useQueryClient();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const next = nextPath(search.get("next"));
  const isAdmin = next.startsWith("/admin/");
  const session = useQuery({ ...sessionQuery, staleTime: 0 });
  const methods = useQuery({ ...methodsQuery, enabled: session.data?.authenticated === true });

  if (session.data?.authenticated === false) return <Navigate to={`/sign-in?next=${encodeURIComponent(next)}`} replace />;
  if (session.data && session.data.second_factor !== "needed" && !isAdmin) return <Navigate to={next} replace />;

  async function goOn() {
    if (isAdmin) {
      window.location.assign(next);
      return;
    }
    client.removeQueries({ queryKey: ["me"] });
    client.removeQueries({ queryKey: sessionQuery.queryKey });
    await navigate(next, { replace: true });
  }

  const error = session.error ?? methods.error;
  return (
    <main className={card.page}>
      <div className={card.card}>
        <p className={card.brand}>ProficientHub</p>
        <PageTitle title={t("second.title")} lead={t("second.lead")} />
        {error ? <Problem error={error} onRetry={() => void methods.refetch()} /> : null}
        {methods.data ? <ProofForm methods={methods.data.methods} onProved={() => void goOn()} /> : error ? null : <SkeletonRows rows={2} />}
        <p>{t("second.lost")}</p>
        <SignOutButton />
      </div>
      <div className={card.language}>
        <LanguageSelect />
      </div>
    </main>
  );
}
