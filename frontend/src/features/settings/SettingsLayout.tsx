import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { NavLink, Outlet } from "react-router";
import { useAcademy } from "../../app/academy";
import classes from "./SettingsLayout.module.css";

await i18next.loadNamespaces("privacy");

const PLACES = ["profile", "security", "sessions", "privacy"] as const;

/** What a person decides about themselves; each page brings its own heading. */
export function SettingsLayout() {
  const { t } = useTranslation("privacy");
  const { slug } = useAcademy();
  return (
    <>
      <nav aria-label={t("settings.label")} className={classes.places}>
        {PLACES.map((place) => (
          <NavLink key={place} to={`/a/${slug}/settings/${place}`}>
            {t(`settings.${place}`)}
          </NavLink>
        ))}
      </nav>
      <Outlet />
    </>
  );
}
