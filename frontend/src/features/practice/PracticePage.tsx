import { useQuery } from "@tanstack/react-query";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { practiceBanksQuery } from "../../api/practice";
import { useAcademy } from "../../app/academy";
import { ButtonLink } from "../../components/ButtonLink";
import { DataList } from "../../components/DataList";
import { EmptyState } from "../../components/EmptyState";
import { PageTitle } from "../../components/PageTitle";
import { StartForm } from "./StartForm";
import { OpenSessions, PastSessions } from "./SessionLists";
import classes from "./Practice.module.css";

await i18next.loadNamespaces("practice");

/** What goes on, what can be begun, and what has been. */
export function PracticePage() {
  const { t } = useTranslation("practice");
  const { slug, name } = useAcademy();
  const { data: banks, error, refetch } = useQuery(practiceBanksQuery(slug));
  return (
    <>
      <PageTitle title={t("title")} place={name} lead={t("lead")} />
      <div className={classes.parts}>
        <OpenSessions />
        <DataList
          rows={banks}
          error={error}
          onRetry={() => void refetch()}
          rowHeight={180}
          skeletonRows={2}
          empty={
            <EmptyState title={t("no_banks")} action={<ButtonLink to={`/a/${slug}`}>{t("go_home")}</ButtonLink>}>
              {t("no_banks_words", { academy: name })}
            </EmptyState>
          }
        >
          {(all) => <StartForm banks={all} />}
        </DataList>
        <PastSessions />
      </div>
    </>
  );
}
