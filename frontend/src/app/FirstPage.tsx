import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Navigate } from "react-router";
import { meQuery } from "../api/learner";
import { EmptyState } from "../components/EmptyState";
import { PageTitle } from "../components/PageTitle";
import { SignOutButton } from "../features/session/SignOutButton";
import { homeAcademy } from "./academy";
import classes from "./Alone.module.css";

/** "/" leads to the academy visited last; a person in no academy is told so. */
export function FirstPage() {
  const { t } = useTranslation();
  const { data: me } = useQuery({ ...meQuery, enabled: false });
  if (!me) return null;
  const academy = homeAcademy(me.academies);
  if (academy) return <Navigate to={`/a/${academy.slug}`} replace />;
  return (
    <main className={classes.alone}>
      <PageTitle title={t("no_academy.title")} />
      <EmptyState title={t("no_academy.heading")} action={<SignOutButton />}>
        {t("no_academy.words", { email: me.email })}
      </EmptyState>
    </main>
  );
}
