import { useTranslation } from "react-i18next";
import type { Result } from "../../api/types";
import { useFormats } from "../../app/formats";
import { BarChart } from "../../components/BarChart";

const MOST_BARS = 12;

/** The weakest first, because that is where the next hour is best spent. */
export function DomainBars({ domains }: { domains: Result["domains"] }) {
  const { t } = useTranslation();
  const { percent, number } = useFormats();
  const sorted = domains.toSorted((a, b) => a.percent - b.percent);
  const [weakest, strongest] = [sorted[0], sorted.at(-1)];
  if (!weakest || !strongest) return null;
  const title =
    sorted.length > 1 && weakest.percent < strongest.percent
      ? t("result.domains_finding", {
          strongest: strongest.title,
          high: percent(strongest.percent),
          weakest: weakest.title,
          low: percent(weakest.percent),
        })
      : t("result.domains_even", { percent: percent(weakest.percent) });
  return (
    <BarChart
      title={title}
      category={t("result.domain")}
      axis={t("result.percent_right")}
      max={100}
      bars={sorted.slice(0, MOST_BARS).map((domain) => ({
        key: domain.code,
        label: domain.title,
        value: domain.percent,
        text: `${percent(domain.percent)} (${number(domain.raw)}/${number(domain.raw_max)})`,
      }))}
    />
  );
}
