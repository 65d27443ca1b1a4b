import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Assigned } from "../../api/types";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { ButtonLink } from "../../components/ButtonLink";
import { attemptsLeft, hasClosed } from "./groups";
import classes from "./Home.module.css";

/** What, how long, until when, how often still; and the one next thing to do. */
export function ExamCard({ exam }: { exam: Assigned }) {
  const { t } = useTranslation();
  const { slug } = useAcademy();
  const { duration, dateTimeZone } = useFormats();
  const left = attemptsLeft(exam);
  const page = `/a/${slug}/exams/${exam.id}`;
  const facts = [
    { name: t("exam.questions"), value: String(exam.item_count) },
    { name: t("exam.time"), value: exam.time_limit_seconds ? duration(exam.time_limit_seconds) : t("exam.no_limit") },
    exam.state === "upcoming" && exam.opens_at
      ? { name: t("exam.opens"), value: dateTimeZone(exam.opens_at) }
      : exam.closes_at
        ? { name: hasClosed(exam) ? t("exam.closed") : t("exam.until"), value: dateTimeZone(exam.closes_at) }
        : { name: t("exam.until"), value: t("exam.no_end") },
    { name: t("exam.attempts"), value: t("exam.attempts_left", { count: left, of: exam.attempts_allowed }) },
  ];
  return (
    <article className={classes.card} data-state={exam.state}>
      <div className={classes.what}>
        <h3>
          <Link to={page}>{exam.title}</Link>
        </h3>
        {exam.description ? <p className={classes.description}>{exam.description}</p> : null}
      </div>
      <dl className={classes.facts}>
        {facts.map((fact) => (
          <div key={fact.name}>
            <dt>{fact.name}</dt>
            <dd>{fact.value}</dd>
          </div>
        ))}
      </dl>
      <div className={classes.next}>{next()}</div>
    </article>
  );

  function next() {
    if (exam.open_attempt) {
      return (
        <ButtonLink to={`/a/${slug}/attempts/${exam.open_attempt}`} aria-label={t("exam.continue_of", { title: exam.title })}>
          {t("exam.continue")}
        </ButtonLink>
      );
    }
    if (exam.state === "open") {
      return (
        <ButtonLink to={page} aria-label={t("exam.look_of", { title: exam.title })}>
          {t("exam.look")}
        </ButtonLink>
      );
    }
    if (exam.last_attempt && exam.last_result_available) {
      return (
        <ButtonLink
          to={`/a/${slug}/attempts/${exam.last_attempt}/result`}
          variant="default"
          aria-label={t("exam.result_of", { title: exam.title })}
        >
          {t("exam.result")}
        </ButtonLink>
      );
    }
    if (exam.state === "done") return <p className={classes.waiting}>{t("exam.result_later")}</p>;
    if (exam.state === "closed") return <p className={classes.waiting}>{t("exam.missed")}</p>;
    return null;
  }
}
