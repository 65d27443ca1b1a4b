import { useTranslation } from "react-i18next";
import { Dialog } from "../../components/Dialog";
import { useDisplay } from "./displaySettings";
import classes from "./Sheets.module.css";

export function HelpSheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { hasSingleKeys } = useDisplay();
  const keys: { keys: string[]; does: string; isSingle?: boolean }[] = [
    { keys: ["Alt", "N"], does: t("help.next") },
    { keys: ["Alt", "P"], does: t("help.previous") },
    { keys: ["Alt", "F"], does: t("help.flag") },
    { keys: ["Alt", "G"], does: t("help.navigator") },
    { keys: ["1", "–", "8"], does: t("help.choose"), isSingle: true },
    { keys: ["Shift", "1", "–", "8"], does: t("help.strike"), isSingle: true },
    { keys: ["Alt", "↑ ↓"], does: t("help.order") },
    { keys: ["Alt", "↑ ↓"], does: t("help.sentence") },
    { keys: ["Alt", "H"], does: t("help.highlight") },
    { keys: ["← →"], does: t("help.divider") },
    { keys: ["?"], does: t("help.sheet"), isSingle: true },
  ];
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t("help.title")} width="wide">
      <p className={classes.lead}>{hasSingleKeys ? t("help.single_on") : t("help.single_off")}</p>
      <dl className={classes.keys}>
        {keys
          .filter((each) => hasSingleKeys || !each.isSingle)
          .map((each) => (
            <div key={each.does}>
              <dt>
                {each.keys.map((key) => (key === "–" ? <span key={key}>–</span> : <kbd key={key}>{key}</kbd>))}
              </dt>
              <dd>{each.does}</dd>
            </div>
          ))}
      </dl>
    </Dialog>
  );
}
