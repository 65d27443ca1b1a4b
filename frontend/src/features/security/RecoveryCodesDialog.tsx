import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAnnounce } from "../../components/Announcer";
import { Dialog } from "../../components/Dialog";
import classes from "./security.module.css";

const FILE = "proficienthub-recovery-codes.txt";

/** New recovery codes, the only time that they are shown. */
export function RecoveryCodesDialog({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const { t } = useTranslation("security");
  const announce = useAnnounce();
  const text = `${codes.join("\n")}\n`;

  async function copy() {
    await navigator.clipboard.writeText(text);
    announce(t("recovery.copied"));
  }

  function download() {
    const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    Object.assign(document.createElement("a"), { href: url, download: FILE }).click();
    URL.revokeObjectURL(url);
  }

  return (
    <Dialog
      isOpen={codes.length > 0}
      onClose={onClose}
      title={t("recovery.shown_title")}
      footer={<Button onClick={onClose}>{t("recovery.kept")}</Button>}
    >
      <div className={classes.form}>
        <p>{t("recovery.shown_words")}</p>
        <ol className={classes.codes} aria-label={t("recovery.title")}>
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ol>
        <div className={classes.buttons}>
          <Button variant="default" size="xs" onClick={() => void copy()}>
            {t("recovery.copy")}
          </Button>
          <Button variant="default" size="xs" onClick={download}>
            {t("recovery.download")}
          </Button>
          <Button variant="default" size="xs" onClick={() => window.print()}>
            {t("recovery.print")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
