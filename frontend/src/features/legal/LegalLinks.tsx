import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import classes from "./LegalLinks.module.css";

/** To the texts that everybody may read, signed in or not. */
export function LegalLinks() {
  const { t } = useTranslation();
  return (
    <nav aria-label={t("legal.label")} className={classes.links}>
      <Link to="/privacy">{t("legal.privacy")}</Link>
      <Link to="/terms">{t("legal.terms")}</Link>
      <Link to="/cookies">{t("legal.cookies")}</Link>
    </nav>
  );
}
