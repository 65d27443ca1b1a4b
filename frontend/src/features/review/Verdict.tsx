import { useTranslation } from "react-i18next";
import { Icon } from "../../components/Icon";
import { Tag } from "../../components/Tag";
import type { Verdict } from "./filters";

const ICON = { right: "check", partly: "auto", wrong: "cross", unanswered: "info", unmarked: "clock" } as const;
const TONE = { right: "good", partly: "caution", wrong: "bad", unanswered: "neutral", unmarked: "neutral" } as const;

export function VerdictIcon({ verdict }: { verdict: Verdict }) {
  return <Icon name={ICON[verdict]} size={14} />;
}

export function VerdictTag({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation();
  return (
    <Tag tone={TONE[verdict]} icon={ICON[verdict]}>
      {t(`review.verdict.${verdict}`)}
    </Tag>
  );
}
