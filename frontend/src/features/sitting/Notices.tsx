import { Button, CloseButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats";
import { Icon } from "../../components/Icon";
import type { SittingNotice } from "./sessionState";
import { useSession } from "./sittingContext";
import classes from "./Notices.module.css";

export interface ShownNotice {
  id: number;
  notice: SittingNotice;
}

/** One notice as a sentence; also what is announced. */
export function useNoticeWords(): (notice: SittingNotice) => string {
  const { t } = useTranslation();
  const { duration } = useFormats();
  const { sitting } = useSession();
  const number = (slot: string) => sitting.items.find((item) => String(item.slot) === slot)?.position ?? 0;
  return (notice) => {
    switch (notice.kind) {
      case "minutes_left":
        return notice.of === "section"
          ? t("notice.minutes_left_section", { count: notice.minutes })
          : t("notice.minutes_left", { count: notice.minutes });
      case "more_time":
        return t("notice.more_time", { duration: duration(notice.seconds) });
      case "section_over":
        return t("notice.section_over", { title: sitting.sections.find((each) => each.index === notice.section)?.title ?? "" });
      case "paused":
        return t("notice.paused");
      case "resumed":
        return t("notice.resumed");
      case "answered_elsewhere":
        return t("notice.answered_elsewhere", { number: number(notice.slot) });
      case "section_closed":
        return t("notice.section_closed", { number: number(notice.slot) });
      case "refused":
        return t("notice.refused", { number: number(notice.slot), detail: notice.detail });
    }
  };
}

export function Notices({ notices, onDismiss }: { notices: ShownNotice[]; onDismiss: (id: number) => void }) {
  const { t } = useTranslation();
  const words = useNoticeWords();
  const session = useSession();
  if (notices.length === 0) return null;
  return (
    <ul className={classes.notices}>
      {notices.map(({ id, notice }) => (
        <li key={id} className={classes.notice}>
          <Icon name="info" />
          <span className={classes.words}>{words(notice)}</span>
          {notice.kind === "answered_elsewhere" && notice.mine ? (
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => {
                session.saver.answer(notice.slot, notice.mine);
                onDismiss(id);
              }}
            >
              {t("notice.use_mine")}
            </Button>
          ) : null}
          <CloseButton aria-label={t("notice.dismiss")} onClick={() => onDismiss(id)} />
        </li>
      ))}
    </ul>
  );
}
