import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { useAcademy } from "../../app/academy";
import { PageTitle } from "../../components/PageTitle";
import { LinkedAccounts } from "./LinkedAccounts";
import { SessionList } from "./SessionList";
import classes from "./SessionsPage.module.css";

await i18next.loadNamespaces("sessions");

export function SessionsPage() {
  const { t } = useTranslation("sessions");
  const { name } = useAcademy();
  return (
    <>
      <PageTitle title={t("title")} place={name} lead={t("lead")} />
      <div className={classes.parts}>
        <SessionList />
        <LinkedAccounts />
      </div>
    </>
  );
}
