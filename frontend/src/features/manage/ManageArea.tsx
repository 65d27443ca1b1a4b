import i18next from "i18next";
import { Suspense } from "react";
import { useRoutes } from "react-router";
import { NotFound } from "../../app/RouteProblem";
import { usePower } from "../../app/academy";
import { SkeletonRows } from "../../components/DataList";
import { routes } from "./routes";

// Fetched together with this page, not with the learner's first load.
await i18next.loadNamespaces("manage");

/** Everything below /a/:slug/manage; a person without the power does not learn that it exists. */
export function ManageArea() {
  const mayManage = usePower("manage_deliveries");
  const found = useRoutes(routes);
  if (!mayManage || !found) return <NotFound />;
  return <Suspense fallback={<SkeletonRows />}>{found}</Suspense>;
}
