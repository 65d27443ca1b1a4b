import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { NavLink, Outlet } from "react-router";
import { useAcademy } from "../../app/academy";
import { PageTitle } from "../../components/PageTitle";
import classes from "./SavedPage.module.css";

await i18next.loadNamespaces("saved");

/** What a learner has put aside: bookmarks, notes, and what became of their reports. */
export function SavedPage() {
  const { t } = useTranslation("saved");
  const { slug, name } = useAcademy();
  const tabs = [
    { to: `/a/${slug}/saved`, words: t("tab.bookmarks") },
    { to: `/a/${slug}/saved/notes`, words: t("tab.notes") },
    { to: `/a/${slug}/saved/reports`, words: t("tab.reports") },
  ];
  return (
    <>
      <PageTitle title={t("title")} place={name} lead={t("lead")} />
      <nav aria-label={t("tabs")} className={classes.tabs}>
        {tabs.map(({ to, words }) => (
          <NavLink key={to} to={to} end preventScrollReset>
            {words}
          </NavLink>
        ))}
      </nav>
      <Outlet />
    </>
  );
}
