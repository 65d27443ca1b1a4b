import { useQuery } from "@tanstack/react-query";
import { Navigate, useParams } from "react-router";
import { meQuery } from "../api/learner";
import { homeAcademy } from "./academy";

/** Letters lead to /settings/…, because they do not know in which academy somebody will read them. */
export function SettingsRedirect() {
  const { page = "" } = useParams();
  const { data: me } = useQuery({ ...meQuery, enabled: false });
  const academy = me && homeAcademy(me.academies);
  return <Navigate to={academy ? `/a/${academy.slug}/settings/${page}` : "/"} replace />;
}
