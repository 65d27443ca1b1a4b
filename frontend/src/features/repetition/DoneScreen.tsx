import { useTranslation } from "react-i18next";
import type { ReviewToday } from "../../api/types";
import { useAcademy } from "../../app/academy";
import { ButtonLink } from "../../components/ButtonLink";
import { EmptyState } from "../../components/EmptyState";
import { Panel } from "../../components/Panel";
import classes from "./Repetition.module.css";

/** What is said when nothing is left: of today, and of tomorrow. */
export function DoneScreen({ today }: { today: ReviewToday }) {
  const { t } = useTranslation("repetition");
  const { slug } = useAcademy();
  const practise = <ButtonLink to={`/a/${slug}/practice`}>{t("done.practise")}</ButtonLink>;
  if (today.done === 0 && today.tomorrow === 0) {
    return (
      <EmptyState title={t("empty.title")} action={practise}>
        {t("empty.words")}
      </EmptyState>
    );
  }
  return (
    <Panel className={classes.doneScreen}>
      <h2 tabIndex={-1}>{t("done.title")}</h2>
      {today.done > 0 ? <p>{t("done.reviewed", { count: today.done })}</p> : null}
      <p>{today.tomorrow > 0 ? t("done.tomorrow", { count: today.tomorrow }) : t("done.tomorrow_nothing")}</p>
      <div className={classes.actions}>
        {practise}
        <ButtonLink to={`/a/${slug}/review/settings`} variant="default">
          {t("done.memory")}
        </ButtonLink>
      </div>
    </Panel>
  );
}
