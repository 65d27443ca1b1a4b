import { useTranslation } from "react-i18next";
import { Icon } from "../../components/Icon";
import classes from "./Challenge.module.css";

/** Says why it takes a moment. The announcement is made once; the bar moves in silence. */
export function ChallengeProgress({ share }: { share: number | null }) {
  const { t } = useTranslation("sessions");
  return (
    <div role="status" className={share === null ? "visually-hidden" : undefined}>
      {share === null ? null : (
        <div className={classes.progress}>
          <strong>{t("challenge.title")}</strong>
          <p>{t("challenge.words")}</p>
          <progress value={share} aria-label={t("challenge.title")} />
        </div>
      )}
    </div>
  );
}

export function ChallengeFailed() {
  const { t } = useTranslation("sessions");
  return (
    <div className={classes.failed} role="alert">
      <Icon name="warning" />
      <div>
        <strong>{t("challenge.failed_title")}</strong>
        <p>{t("challenge.failed_words")}</p>
      </div>
    </div>
  );
}
