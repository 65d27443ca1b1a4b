import { useIsFetching } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { NavLink, Outlet, useMatch, useNavigation } from "react-router";
import { Icon, type IconName } from "../components/Icon";
import { OfflineBanner } from "../components/OfflineBanner";
import { AcademySwitcher } from "./AcademySwitcher";
import { AccountMenu } from "./AccountMenu";
import { useAcademy, usePower } from "./academy";
import classes from "./Shell.module.css";

const Visit = lazy(async () => ({ default: (await import("../features/visit/Visit")).Visit }));

/** Header, navigation and the place for a page; the sitting does not use it. */
export function Shell() {
  const { t } = useTranslation();
  const { slug } = useAcademy();
  const maySit = usePower("sit_exams");
  const mayManage = usePower("manage_deliveries");
  const mayManagePeople = usePower("manage_people");
  // Among the instructors' pages, but a place of its own.
  const isAmongPeople = useMatch("/a/:slug/manage/people") !== null;
  const isMoving = useNavigation().state !== "idle";
  const isFetching = useIsFetching() > 0;
  const places: { to: string; label: string; icon: IconName; end?: boolean }[] = [
    { to: `/a/${slug}`, label: t("nav.home"), icon: "home", end: true },
    ...(maySit ? [{ to: `/a/${slug}/history`, label: t("nav.history"), icon: "history" as const }] : []),
    ...(mayManage ? [{ to: `/a/${slug}/manage`, label: t("nav.deliveries"), icon: "deliveries" as const }] : []),
    ...(mayManagePeople ? [{ to: `/a/${slug}/manage/people`, label: t("nav.people"), icon: "profile" as const }] : []),
  ];
  const isElsewhere = (to: string) => isAmongPeople && to === `/a/${slug}/manage`;
  return (
    <div className={classes.shell}>
      <a className={`${classes.skip} visually-hidden`} href="#content">
        {t("nav.skip")}
      </a>
      <header className={classes.header}>
        <div className={classes.bar}>
          <AcademySwitcher />
          <nav className={classes.nav} aria-label={t("nav.label")}>
            {places.map((place) => (
              <NavLink
                key={place.to}
                to={place.to}
                end={place.end}
                aria-current={isElsewhere(place.to) ? "false" : "page"}
                className={({ isActive }) => (isActive && !isElsewhere(place.to) ? `${classes.place} ${classes.here}` : `${classes.place}`)}
              >
                <Icon name={place.icon} />
                {place.label}
              </NavLink>
            ))}
          </nav>
          <AccountMenu />
        </div>
        <div className={classes.progress} data-busy={isMoving || isFetching || undefined} aria-hidden="true" />
      </header>
      <OfflineBanner />
      <Suspense fallback={null}>
        <Visit />
      </Suspense>
      <main id="content" className={classes.main} tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}
