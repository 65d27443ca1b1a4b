import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { meQuery } from "../api/learner";
import { useAcademy } from "./academy";
import classes from "./AcademySwitcher.module.css";

/** The academy's name; a list to choose from for people who belong to several. */
export function AcademySwitcher() {
  const { t } = useTranslation();
  const here = useAcademy();
  const navigate = useNavigate();
  const { data: me } = useQuery({ ...meQuery, enabled: false });
  const academies = me?.academies ?? [];
  return (
    <div className={classes.academy}>
      <span className={classes.badge} aria-hidden="true">
        {here.name.slice(0, 1)}
      </span>
      {academies.length > 1 ? (
        <select
          className={classes.select}
          aria-label={t("nav.academy")}
          value={here.slug}
          onChange={(event) => void navigate(`/a/${event.currentTarget.value}`)}
        >
          {academies.map((each) => (
            <option key={each.slug} value={each.slug}>
              {each.name}
            </option>
          ))}
        </select>
      ) : (
        <Link className={classes.name} to={`/a/${here.slug}`}>
          {here.name}
        </Link>
      )}
    </div>
  );
}
