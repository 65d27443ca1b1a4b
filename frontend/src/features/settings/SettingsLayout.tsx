import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { Outlet } from "react-router";
import { useAcademy } from "../../app/academy";
import { PlacesNav } from "../../components/PlacesNav";

await i18next.loadNamespaces("privacy");

const PLACES = ["profile", "security", "sessions", "privacy"] as const;

/** What a person decides about themselves; each page brings its own heading. */
export function SettingsLayout() {
  const { t } = useTranslation("privacy");
  const { slug } = useAcademy();
  return (
    <>
      <PlacesNav
        label={t("settings.label")}
        places={PLACES.map((place) => ({ to: `/a/${slug}/settings/${place}`, label: t(`settings.${place}`) }))}
      />
      <Outlet />
    </>
  );
}
