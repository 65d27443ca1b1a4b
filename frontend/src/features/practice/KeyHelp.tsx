import { useTranslation } from "react-i18next";
import { Dialog } from "../../components/Dialog";
import { useDisplay } from "../sitting/displaySettings";
import sheet from "../sitting/Sheets.module.css";

/** The keys of a session: those of an exam, and Enter. */
export function KeyHelp({ isOpen, onClose, checks }: { isOpen: boolean; onClose: () => void; checks: boolean }) {
  const { t } = useTranslation("practice");
  const { hasSingleKeys } = useDisplay();
  const keys: { keys: string[]; does: string; isSingle?: boolean }[] = [
    ...(checks ? [{ keys: ["Enter"], does: t("keys.check") }] : []),
    { keys: ["Alt", "N"], does: t("keys.next") },
    { keys: ["Alt", "P"], does: t("keys.previous") },
    { keys: ["1", "–", "8"], does: t("keys.choose"), isSingle: true },
    { keys: ["Shift", "1", "–", "8"], does: t("keys.strike"), isSingle: true },
    { keys: ["?"], does: t("keys.help"), isSingle: true },
  ];
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t("keys.title")}>
      <dl className={sheet.keys}>
        {keys
          .filter((each) => hasSingleKeys || !each.isSingle)
          .map((each) => (
            <div key={each.does}>
              <dt>{each.keys.map((key) => (key === "–" ? <span key={key}>–</span> : <kbd key={key}>{key}</kbd>))}</dt>
              <dd>{each.does}</dd>
            </div>
          ))}
      </dl>
    </Dialog>
  );
}
