import { useIsFetching } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useLocation, useNavigation } from "react-router";
import { Icon, type IconName } from "../components/Icon";
import { OfflineBanner } from "../components/OfflineBanner";
import { AcademySwitcher } from "./AcademySwitcher";
import { AccountMenu } from "./AccountMenu";
import { useAcademy, usePower } from "./academy";
import classes from "./Shell.module.css";

const News = lazy(async () => ({ default: (await import("../features/motivation/News")).News }));

const Visit = lazy(async () => ({ default: (await import("../features/visit/Visit")).Visit }));

interface Place {
  to: string;
  label: string;
  icon: IconName;
  isExact?: boolean;
  /** Other addresses that belong to it. */
  also?: string[];
}

/** Header, navigation and the place for a page; the sitting does not use it. */
export function Shell() {
  const { t } = useTranslation();
  const { slug } = useAcademy();
  const maySit = usePower("sit_exams");
  const mayManage = usePower("manage_deliveries");
  const mayManagePeople = usePower("manage_people");
  const isMoving = useNavigation().state !== "idle";
  const isFetching = useIsFetching() > 0;
  const at = useLocation().pathname.replace(/\/$/, "");
  const base = `/a/${slug}`;
  const places: Place[] = [
    { to: base, label: t("nav.home"), icon: "home", isExact: true },
    ...(maySit ? learnersPlaces(base, t) : []),
    ...(mayManage ? [{ to: `${base}/manage`, label: t("nav.deliveries"), icon: "deliveries" as const }] : []),
    ...(mayManagePeople ? [{ to: `${base}/manage/people`, label: t("nav.people"), icon: "profile" as const }] : []),
  ];
  // Some places stand below others, and some pages below none: the longest address that leads here is where one is.
  const here = places
    .flatMap((place) => [place.to, ...(place.also ?? [])].map((address) => ({ place, address })))
    .filter(({ place, address }) => at === address || (!place.isExact && at.startsWith(`${address}/`)))
    .toSorted((one, other) => other.address.length - one.address.length)[0]?.place;
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
              <Link
                key={place.to}
                to={place.to}
                ref={place === here ? bringIntoSight : undefined}
                aria-current={place === here ? "page" : undefined}
                className={place === here ? `${classes.place} ${classes.here}` : classes.place}
              >
                <Icon name={place.icon} />
                {place.label}
              </Link>
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
      {maySit ? (
        <Suspense fallback={null}>
          <News key={slug} />
        </Suspense>
      ) : null}
    </div>
  );
}

/** On a phone the places are wider than the screen. */
function bringIntoSight(link: HTMLElement | null): void {
  link?.scrollIntoView({ block: "nearest", inline: "center" });
}

function learnersPlaces(base: string, t: TFunction): Place[] {
  return [
    { to: `${base}/practice`, label: t("nav.practice"), icon: "marker", also: [`${base}/saved`] },
    { to: `${base}/review`, label: t("nav.review"), icon: "history" },
    { to: `${base}/progress`, label: t("nav.progress"), icon: "chart", also: [`${base}/history`, `${base}/certificates`] },
    { to: `${base}/leaderboard`, label: t("nav.leaderboard"), icon: "podium" },
  ];
}
