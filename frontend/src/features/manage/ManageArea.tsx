import { useQuery } from "@tanstack/react-query";
import i18next from "i18next";
import { Suspense } from "react";
import { Navigate, useRoutes } from "react-router";
import { sessionQuery } from "../../api/session";
import { NotFound } from "../../app/RouteProblem";
import { useAcademy, usePower } from "../../app/academy";
import { SkeletonRows } from "../../components/DataList";
import { routes } from "./routes";

// Fetched together with this page, not with the learner's first load.
await i18next.loadNamespaces("manage");

/**
 * Everything below /a/:slug/manage; a person without the power does not learn that it exists, and one whose role
 * demands a second factor is led to where it is added.
 */
export function ManageArea() {
  const { slug, role } = useAcademy();
  const mayManage = usePower("manage_deliveries");
  const session = useQuery({ ...sessionQuery, enabled: mayManage && role !== "instructor" });
  const found = useRoutes(routes);
  if (!mayManage || !found) return <NotFound />;
  if (session.isLoading) return <SkeletonRows />;
  if (session.data?.second_factor === "must_enrol") return <Navigate to={`/a/${slug}/settings/security?required`} replace />;
  return <Suspense fallback={<SkeletonRows />}>{found}</Suspense>;
}
