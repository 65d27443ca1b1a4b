import { useTranslation } from "react-i18next";
import type { DomainInsight, Trend } from "../../api/types";
import { useFormats } from "../../app/formats";
import { EmptyState } from "../../components/EmptyState";
import { Tag } from "../../components/Tag";
import { TREND_ICONS, TREND_TONES } from "./findings";
import classes from "./Progress.module.css";

export function TrendTag({ trend }: { trend: Trend }) {
  const { t } = useTranslation("progress");
  return (
    <Tag tone={TREND_TONES[trend.direction]} icon={TREND_ICONS[trend.direction]}>
      {t(`trend.${trend.direction}`)}
    </Tag>
  );
}

/** Every domain that was practised in the period. */
export function DomainTable({ domains }: { domains: DomainInsight[] }) {
  const { t } = useTranslation("progress");
  const { number, percent, duration } = useFormats();
  if (domains.length === 0) return <EmptyState title={t("domains.empty")} />;
  const hasSeveralBanks = new Set(domains.map((each) => each.bank.id)).size > 1;
  return (
    <>
      <ul className={classes.domains}>
        {domains.map((each) => (
          <li key={each.domain.id}>
            <div className={classes.domainHead}>
              <span className={classes.domainName}>
                {each.domain.code} {each.domain.title}
                {hasSeveralBanks ? <span className={classes.muted}> · {each.bank.title}</span> : null}
              </span>
              <TrendTag trend={each.trend} />
            </div>
            <div className={classes.track} aria-hidden="true">
              <span className={classes.fill} style={{ inlineSize: `${each.percent ?? 0}%` }} />
            </div>
            <p className={classes.muted}>
              {t("domains.numbers", {
                count: each.answers,
                percent: each.percent === null ? "–" : percent(each.percent),
                answers: number(each.answers),
                time: each.seconds_mean === null ? "–" : duration(each.seconds_mean),
              })}
            </p>
          </li>
        ))}
      </ul>
      <p className={classes.note}>{t("trend.explained")}</p>
    </>
  );
}
