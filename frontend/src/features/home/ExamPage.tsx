import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { assignedDetailQuery, startAttempt } from "../../api/learner";
import type { AssignedDetail } from "../../api/types";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { ButtonLink } from "../../components/ButtonLink";
import { SkeletonRows } from "../../components/DataList";
import { PageTitle } from "../../components/PageTitle";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { RichText } from "../../components/RichText";
import { ExamRules } from "./ExamRules";
import { attemptsLeft } from "./groups";
import { SystemCheck } from "./SystemCheck";
import classes from "./ExamPage.module.css";

export function ExamPage() {
  const { t } = useTranslation();
  const { slug, name } = useAcademy();
  const { delivery = "" } = useParams();
  const { data: exam, error, refetch } = useQuery(assignedDetailQuery(slug, delivery));

  if (!exam) {
    return (
      <>
        <PageTitle title={t("exam.page")} place={name} />
        {error ? <Problem error={error} onRetry={() => void refetch()} /> : <SkeletonRows rows={3} height={120} />}
      </>
    );
  }
  return (
    <>
      <PageTitle title={exam.title} place={name} lead={exam.description} />
      <div className={classes.columns}>
        <div className={classes.main}>
          {exam.instructions_html ? (
            <Panel title={t("exam.instructions")}>
              <RichText html={exam.instructions_html} className={classes.prose} />
            </Panel>
          ) : null}
          <Panel title={t("exam.sections")}>
            <Sections exam={exam} />
          </Panel>
          <Panel title={t("exam.rules")}>
            <ExamRules exam={exam} />
          </Panel>
        </div>
        <div className={classes.side}>
          <Panel title={t("check.title")}>
            <SystemCheck />
          </Panel>
          <Panel>
            <Start exam={exam} />
          </Panel>
        </div>
      </div>
    </>
  );
}

function Sections({ exam }: { exam: AssignedDetail }) {
  const { t } = useTranslation();
  const { duration } = useFormats();
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("exam.section")}</th>
            <th scope="col">{t("exam.questions")}</th>
            <th scope="col">{t("exam.time")}</th>
          </tr>
        </thead>
        <tbody>
          {exam.sections.map((section, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- two sections may have one title; their order never changes
            <tr key={at}>
              <th scope="row">{section.title}</th>
              <td>{section.item_count}</td>
              <td>{section.time_limit_seconds ? duration(section.time_limit_seconds) : t("exam.within_whole")}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("exam.whole")}</th>
            <td>{exam.item_count}</td>
            <td>{exam.time_limit_seconds ? duration(exam.time_limit_seconds) : t("exam.no_limit")}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Start({ exam }: { exam: AssignedDetail }) {
  const { t } = useTranslation();
  const { slug } = useAcademy();
  const { dateTimeZone } = useFormats();
  const client = useQueryClient();
  const navigate = useNavigate();
  // The same key for every try, so that a lost answer does not cost an attempt.
  const [key] = useState(() => crypto.randomUUID());
  const starting = useMutation({
    mutationFn: () => startAttempt(slug, exam.id, key),
    onSuccess: async (sitting) => {
      await navigate(`/a/${slug}/attempts/${sitting.attempt.id}`);
      void client.invalidateQueries({ queryKey: ["academy", slug, "assigned"] });
    },
  });
  const left = attemptsLeft(exam);

  if (exam.open_attempt) {
    return (
      <div className={classes.start}>
        <p>{t("exam.running")}</p>
        <ButtonLink to={`/a/${slug}/attempts/${exam.open_attempt}`} size="md">
          {t("exam.continue")}
        </ButtonLink>
      </div>
    );
  }
  if (exam.state !== "open" || left === 0) {
    const why =
      exam.state === "upcoming"
        ? exam.opens_at
          ? t("exam.opens_at", { when: dateTimeZone(exam.opens_at) })
          : t("exam.not_open")
        : left === 0
          ? t("exam.no_attempts_left")
          : t("exam.is_closed");
    return (
      <div className={classes.start}>
        <p>{why}</p>
        {exam.last_attempt && exam.last_result_available ? (
          <ButtonLink to={`/a/${slug}/attempts/${exam.last_attempt}/result`}>{t("exam.result")}</ButtonLink>
        ) : (
          <ButtonLink to={`/a/${slug}`} variant="default">
            {t("action.go_home")}
          </ButtonLink>
        )}
      </div>
    );
  }
  return (
    <div className={classes.start}>
      <p>
        <b>{t("exam.you_have_left", { count: left, of: exam.attempts_allowed })}</b>{" "}
        {exam.time_limit_seconds || exam.sections.some((each) => each.time_limit_seconds) ? t("exam.clock_starts") : t("exam.no_clock")}
      </p>
      {starting.error ? <Problem error={starting.error} heading={t("exam.not_started")} /> : null}
      <Button size="md" loading={starting.isPending} onClick={() => starting.mutate()}>
        {t("exam.start")}
      </Button>
    </div>
  );
}
