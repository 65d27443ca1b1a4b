import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../../components/Dialog";
import { Problem } from "../../components/Problem";
import { itemState } from "./screens";
import { useSaved, useSession, useSessionState } from "./sittingContext";
import classes from "./Sheets.module.css";

/** Leaving a section closes it for good, so it is asked first. */
export function SectionDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const session = useSession();
  const { section, open } = useSessionState();
  const { responses } = useSaved();
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { sections, items } = session.sitting;
  const here = sections.find((each) => each.index === section);
  const unanswered = items.filter(
    (item) => item.section === section && !["answered", "part"].includes(itemState(item, responses.get(String(item.slot)), open)),
  ).length;

  function close() {
    setError(null);
    onClose();
  }

  async function leave() {
    setSending(true);
    setError(null);
    try {
      await session.leaveSection(section);
      close();
    } catch (problem) {
      setError(problem);
    } finally {
      setSending(false);
    }
  }

  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title={t("section.leave_title", { title: here?.title ?? "" })}
      footer={
        <>
          <Button variant="default" disabled={isSending} onClick={close}>
            {t("section.stay")}
          </Button>
          <Button loading={isSending} onClick={() => void leave()}>
            {t("section.leave")}
          </Button>
        </>
      }
    >
      <div className={classes.facts}>
        <p>{t("section.leave_words")}</p>
        <p>{t("section.unanswered", { count: unanswered })}</p>
        {error ? <Problem error={error} heading={t("section.failed")} /> : null}
      </div>
    </Dialog>
  );
}
