import { useTranslation } from "react-i18next";
import { Outlet } from "react-router";
import { PlacesNav } from "../components/PlacesNav";
import { useAcademy } from "./academy";

/** What a learner practises, and what they keep for it. */
export function PracticeArea() {
  const { t } = useTranslation();
  const base = `/a/${useAcademy().slug}`;
  return (
    <>
      <PlacesNav
        label={t("nav.practice")}
        places={[
          { to: `${base}/practice`, label: t("nav.practise"), end: true },
          { to: `${base}/saved`, label: t("nav.saved") },
        ]}
      />
      <Outlet />
    </>
  );
}

/** How far a learner has come, in numbers, in what they were awarded, and exam by exam. */
export function ProgressArea() {
  const { t } = useTranslation();
  const base = `/a/${useAcademy().slug}`;
  return (
    <>
      <PlacesNav
        label={t("nav.progress")}
        places={[
          { to: `${base}/progress`, label: t("nav.overview"), end: true },
          { to: `${base}/progress/achievements`, label: t("nav.achievements") },
          { to: `${base}/history`, label: t("nav.history") },
          { to: `${base}/certificates`, label: t("nav.certificates") },
        ]}
      />
      <Outlet />
    </>
  );
}
