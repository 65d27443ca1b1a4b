import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { reviewTodayQuery } from "../../api/repetition";
import { useAcademy } from "../../app/academy";
import { ButtonLink } from "../../components/ButtonLink";
import { Panel } from "../../components/Panel";
import classes from "./Repetition.module.css";

/** How many cards wait today, and the way to them. Shows nothing while there is nothing to say. */
export function DueToday() {
  const { t } = useTranslation("repetition");
  const { slug } = useAcademy();
  const { data: today } = useQuery(reviewTodayQuery(slug));
  if (!today || (today.left === 0 && today.done === 0)) return null;
  return (
    <Panel title={t("due.title")}>
      <p className={classes.due}>{today.left > 0 ? t("due.left", { count: today.left }) : t("due.none", { count: today.done })}</p>
      {today.left > 0 ? <ButtonLink to={`/a/${slug}/review`}>{t("due.start")}</ButtonLink> : null}
    </Panel>
  );
}
