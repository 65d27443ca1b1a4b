import { useTranslation } from "react-i18next";
import type { AssignedDetail } from "../../api/types";
import { useFormats } from "../../app/formats";
import classes from "./ExamPage.module.css";

/** The settings of the exam as sentences. */
export function ExamRules({ exam }: { exam: AssignedDetail }) {
  const { t } = useTranslation();
  const { number, dateTimeZone } = useFormats();
  const hasSectionTime = exam.sections.some((each) => each.time_limit_seconds);
  const rules = [
    exam.navigation === "linear" ? t("rule.linear") : t("rule.free"),
    hasSectionTime ? t("rule.section_time") : null,
    exam.shuffle ? t("rule.shuffle") : null,
    t("rule.saved"),
    exam.closes_at ? t("rule.closes", { when: dateTimeZone(exam.closes_at) }) : null,
    exam.pass_mark ? t("rule.pass", { score: `${number(exam.pass_mark.scaled)} ${exam.pass_mark.label}`.trim() }) : null,
    t(`rule.what.${exam.review.what}`),
    exam.review.what === "nothing" ? null : t(`rule.when.${exam.review.when}`),
  ];
  return (
    <ul className={classes.rules}>
      {rules
        .filter((each) => each !== null)
        .map((each) => (
          <li key={each}>{each}</li>
        ))}
    </ul>
  );
}
