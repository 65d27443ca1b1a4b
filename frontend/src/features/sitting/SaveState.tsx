import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "../../components/Icon";
import type { SaverSnapshot, SaveStatus } from "./saving";
import classes from "./Header.module.css";

const ICONS: Record<SaveStatus, IconName> = {
  idle: "cloud",
  saved: "check",
  saving: "cloud",
  offline: "offline",
  retrying: "warning",
  paused: "pause",
  refused: "warning",
  signed_out: "warning",
  closed: "info",
};

/** The state of saving in words. Not live while all is well: only trouble, and its end, is worth interrupting for. */
export function SaveState({ saved: { status, pending, refused, isKept } }: { saved: SaverSnapshot }) {
  const { t } = useTranslation();
  const words: Record<SaveStatus, string> = {
    idle: t("saving.idle"),
    saved: t("saving.saved"),
    saving: t("saving.saving"),
    offline: isKept ? t("saving.offline", { count: pending }) : t("saving.offline_unkept", { count: pending }),
    retrying: t("saving.retrying", { count: pending }),
    paused: t("saving.paused", { count: pending }),
    refused: t("saving.refused", { count: refused.size }),
    signed_out: t("saving.signed_out", { count: pending }),
    closed: t("saving.closed"),
  };
  const isTrouble = ["offline", "retrying", "refused", "signed_out"].includes(status);
  return (
    <p className={classes.saving} data-trouble={isTrouble || undefined}>
      <Icon name={ICONS[status]} size={16} />
      <span>{words[status]}</span>
    </p>
  );
}
