import { useQuery } from "@tanstack/react-query";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link, Navigate, NavLink, Outlet, useParams } from "react-router";
import { deliveryQuery } from "../../../api/manage";
import { isProblem } from "../../../api/problem";
import { useAcademy, usePower } from "../../../app/academy";
import { NotFound } from "../../../app/RouteProblem";
import { useFormats } from "../../../app/formats";
import { SkeletonRows } from "../../../components/DataList";
import { PageTitle } from "../../../components/PageTitle";
import { Problem } from "../../../components/Problem";
import { DeliveryStateTag } from "../parts/states";
import { useWindowWords } from "../parts/useWindowWords";
import { useManagePaths, type DeliveryTab } from "../paths";
import { useDelivery } from "./useDelivery";
import classes from "./DeliveryPage.module.css";

const COUNTS_MS = 30_000;

export function DeliveryPage() {
  const { t } = useTranslation("manage");
  const { delivery: id = "" } = useParams();
  const { slug, name } = useAcademy();
  const paths = useManagePaths();
  const { number, timeZone } = useFormats();
  const windowWords = useWindowWords();
  const seesResults = usePower("see_results");
  const supervises = usePower("supervise_attempts");
  const grants = usePower("grant_accommodations");
  const { data: delivery, error, refetch } = useQuery({ ...deliveryQuery(slug, id), refetchInterval: COUNTS_MS });

  if (!delivery) {
    if (isProblem(error) && error.status === 404) return <NotFound />;
    return error ? <Problem error={error} onRetry={() => void refetch()} /> : <SkeletonRows rows={3} height={72} />;
  }
  const tabs: { key: DeliveryTab; isThere: boolean }[] = [
    { key: "live", isThere: supervises },
    { key: "results", isThere: seesResults },
    { key: "settings", isThere: true },
    { key: "accommodations", isThere: grants },
  ];
  const { counts } = delivery;
  return (
    <>
      <p className={classes.trail}>
        <Link to={paths.root}>{t("deliveries.title")}</Link>
      </p>
      <PageTitle title={delivery.title} place={name} />
      <div className={classes.facts}>
        <DeliveryStateTag state={delivery.state} />
        <span>
          {windowWords(delivery)} <span className={classes.zone}>({timeZone})</span>
        </span>
        <span>{delivery.cohort?.name ?? t("everyone")}</span>
        <span>
          {t("delivery.counts", {
            assigned: number(counts.assigned),
            sitting: number(counts.in_progress),
            marked: number(counts.marked),
          })}
        </span>
      </div>
      <nav aria-label={t("delivery.tabs")} className={classes.tabs}>
        {tabs
          .filter((tab) => tab.isThere)
          .map((tab) => (
            <NavLink key={tab.key} to={paths.delivery(id, tab.key)} preventScrollReset>
              {t(`delivery.tab.${tab.key}`)}
            </NavLink>
          ))}
      </nav>
      <Suspense fallback={<SkeletonRows />}>
        <Outlet context={delivery} />
      </Suspense>
    </>
  );
}

/** While it may be sat, what matters is who is sitting; afterwards, how it went. */
export function FirstTab() {
  const delivery = useDelivery();
  const paths = useManagePaths();
  const isOver = delivery.state === "closed" && delivery.counts.in_progress === 0;
  return <Navigate to={paths.delivery(delivery.id, isOver ? "results" : "live")} replace />;
}
