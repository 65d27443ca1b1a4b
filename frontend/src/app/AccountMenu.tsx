import { useQuery } from "@tanstack/react-query";
import { useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { meQuery } from "../api/learner";
import { Icon } from "../components/Icon";
import { SignOutButton } from "../features/session/SignOutButton";
import { AppearanceControl } from "./AppearanceControl";
import { LanguageSelect } from "./LanguageSelect";
import { useAcademy } from "./academy";
import classes from "./AccountMenu.module.css";

/** The browser's own popover: top layer, Escape, closes on a click beside it; no script, no style elements. */
export function AccountMenu() {
  const { t } = useTranslation();
  const { slug } = useAcademy();
  const { data: me } = useQuery({ ...meQuery, enabled: false });
  const id = useId();
  const popover = useRef<HTMLDivElement>(null);
  if (!me) return null;
  const name = me.name || me.email;
  return (
    <div className={classes.account}>
      <button type="button" className={classes.opener} popoverTarget={id} aria-label={t("account.label", { name })}>
        <Icon name="profile" size={20} />
        <span className={classes.name} aria-hidden="true">
          {name}
        </span>
      </button>
      <div ref={popover} id={id} popover="auto" className={classes.menu} role="group" aria-label={t("account.title")}>
        <div className={classes.who}>
          <strong>{me.name}</strong>
          <span className={classes.email}>{me.email}</span>
        </div>
        <Link to={`/a/${slug}/profile`} className={classes.link} onClick={() => popover.current?.hidePopover()}>
          {t("nav.profile")}
        </Link>
        <Link to={`/a/${slug}/settings/security`} className={classes.link} onClick={() => popover.current?.hidePopover()}>
          {t("nav.security")}
        </Link>
        <AppearanceControl />
        <LanguageSelect />
        <SignOutButton />
      </div>
    </div>
  );
}
