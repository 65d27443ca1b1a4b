import { useTranslation } from "react-i18next";
import type { WeakArea } from "../../api/types";
import { useFormats } from "../../app/formats";
import { EmptyState } from "../../components/EmptyState";
import { StartQuizButton } from "../practice/StartQuizButton";
import { TrendTag } from "./DomainTable";
import classes from "./Progress.module.css";
import { useDays } from "./useDays";

/** The worst first, each with the quiz that would help. */
export function WeakAreas({ areas }: { areas: WeakArea[] }) {
  const { t } = useTranslation("progress");
  const { percent } = useFormats();
  const { day } = useDays();
  if (areas.length === 0) return <EmptyState title={t("weak.none")}>{t("weak.none_words")}</EmptyState>;
  return (
    <ul className={classes.rows}>
      {areas.map((area) => (
        <li key={area.domain.id} className={classes.row}>
          <div className={classes.what}>
            <h3>
              {area.domain.code} {area.domain.title}
            </h3>
            <p className={classes.muted}>
              {t("weak.numbers", { percent: percent(area.percent), count: area.answers, day: day(area.last_answered_on) })}
            </p>
            <div>
              <TrendTag trend={area.trend} />
            </div>
          </div>
          <div className={classes.action}>
            <StartQuizButton bank={area.bank.id} domains={[area.domain.id]} label={t("weak.practise", { domain: area.domain.code })} />
          </div>
        </li>
      ))}
    </ul>
  );
}
