import i18next from "i18next";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ProofMethod } from "../../api/types";
import { Dialog } from "../../components/Dialog";
import { ProofForm } from "./ProofForm";
import classes from "./security.module.css";

await i18next.loadNamespaces("security");

/** Asks for a fresh proof; what was refused is then sent again. */
export function StepUpDialog({ methods, onEnd }: { methods: ProofMethod[]; onEnd: (isProved: boolean) => void }) {
  const { t } = useTranslation("security");
  const [isOpen, setOpen] = useState(true);
  const isProved = useRef(false);
  return (
    <Dialog isOpen={isOpen} onClose={() => onEnd(isProved.current)} title={t("step_up.title")}>
      <div className={classes.form}>
        <p>{t("step_up.words")}</p>
        <ProofForm
          methods={methods}
          onProved={() => {
            isProved.current = true;
            // The dialog ends when the browser has closed it, so that the focus is given back.
            setOpen(false);
          }}
        />
      </div>
    </Dialog>
  );
}
