import { ActionIcon } from "@mantine/core";
import { useEffect, useId, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./Icon";
import classes from "./Dialog.module.css";

interface DialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** Buttons at the bottom; the safest first in reading order. */
  footer?: ReactNode;
  /** "side" stands at the end edge at full height. */
  place?: "centre" | "side";
  width?: "narrow" | "wide";
}

/** The browser's own modal dialog: top layer, focus kept inside and given back, Escape, no style elements (CSP). */
export function Dialog({ isOpen, onClose, title, children, footer, place = "centre", width = "narrow" }: DialogProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (isOpen && !element.open) element.showModal();
    if (!isOpen && element.open) element.close();
  }, [isOpen]);

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events -- Escape is the dialog's own; this is the click beside it
    <dialog
      ref={dialog}
      className={`${classes.dialog} ${place === "side" ? classes.side : classes[width]}`}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current.close();
      }}
    >
      {isOpen ? (
        <div className={classes.body}>
          <header className={classes.header}>
            <h2 id={titleId}>{title}</h2>
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("action.close")} onClick={() => dialog.current?.close()}>
              <Icon name="cross" />
            </ActionIcon>
          </header>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long content scrolls, so it must be reachable by keyboard */}
          <div className={classes.content} tabIndex={0}>{children}</div>
          {footer ? <footer className={classes.footer}>{footer}</footer> : null}
        </div>
      ) : null}
    </dialog>
  );
}
