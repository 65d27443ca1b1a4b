import { useTranslation } from "react-i18next";
import type { DeliveryState } from "../../../api/manageTypes";
import type { AttemptState } from "../../../api/types";
import type { IconName } from "../../../components/Icon";
import { Tag, type Tone } from "../../../components/Tag";

const DELIVERY: Record<DeliveryState, { tone: Tone; icon: IconName }> = {
  draft: { tone: "neutral", icon: "text" },
  upcoming: { tone: "accent", icon: "clock" },
  open: { tone: "good", icon: "check" },
  closed: { tone: "neutral", icon: "cross" },
};

const ATTEMPT: Record<AttemptState, { tone: Tone; icon: IconName }> = {
  created: { tone: "neutral", icon: "clock" },
  in_progress: { tone: "accent", icon: "marker" },
  paused: { tone: "caution", icon: "pause" },
  submitted: { tone: "neutral", icon: "up" },
  marking: { tone: "neutral", icon: "clock" },
  marked: { tone: "good", icon: "check" },
  released: { tone: "good", icon: "check" },
  expired: { tone: "neutral", icon: "clock" },
  abandoned: { tone: "neutral", icon: "clock" },
  terminated: { tone: "bad", icon: "cross" },
  voided: { tone: "bad", icon: "cross" },
};

export function DeliveryStateTag({ state }: { state: DeliveryState }) {
  const { t } = useTranslation("manage");
  return <Tag {...DELIVERY[state]}>{t(`state.${state}`)}</Tag>;
}

export function AttemptStateTag({ state }: { state: AttemptState }) {
  const { t } = useTranslation("manage");
  return <Tag {...ATTEMPT[state]}>{t(`attempt_state.${state}`)}</Tag>;
}
