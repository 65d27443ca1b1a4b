import { useQuery } from "@tanstack/react-query";
import { Navigate, useLocation, useParams } from "react-router";
import { meQuery } from "../../api/learner";
import { homeAcademy } from "../../app/academy";
import alone from "../../app/Alone.module.css";
import { NotFound } from "../../app/RouteProblem";
import { SecurityPage } from "./SecurityPage";

/** /settings/…, as letters name it: the same page in the academy visited last. Staff without one have Security alone. */
export function SettingsPath() {
  const { page = "" } = useParams();
  const { search } = useLocation();
  const { data: me } = useQuery({ ...meQuery, enabled: false });
  const academy = homeAcademy(me?.academies ?? []);
  if (academy) return <Navigate to={`/a/${academy.slug}/settings/${page}${search}`} replace />;
  if (page !== "security") return <NotFound isAlone />;
  return (
    <main className={alone.alone}>
      <SecurityPage />
    </main>
  );
}
