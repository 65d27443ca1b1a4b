import i18next from "i18next";
import { Outlet } from "react-router";
import { LanguageSelect } from "../../app/LanguageSelect";
import { OfflineBanner } from "../../components/OfflineBanner";
import classes from "../session/SignInPage.module.css";

// Fetched together with these pages, not with the learner's first load.
await i18next.loadNamespaces("account");

/** The frame of the pages on the way into an account: one card, and a choice of language. */
export function AccountArea() {
  return (
    <>
      <OfflineBanner />
      <main className={classes.page}>
        <div className={classes.card}>
          <p className={classes.brand}>ProficientHub</p>
          <Outlet />
        </div>
        <div className={classes.language}>
          <LanguageSelect />
        </div>
      </main>
    </>
  );
}
