import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useAnnounce } from "../../components/Announcer";
import { Problem } from "../../components/Problem";
import classes from "./SavedPage.module.css";

interface RemovableProps {
  remove: () => Promise<unknown>;
  restore: () => Promise<unknown>;
  removeLabel: string;
  removedWords: string;
  children: ReactNode;
}

/** A row that leaves at once and can be brought back where it stood. */
export function Removable({ remove, restore, removeLabel, removedWords, children }: RemovableProps) {
  const { t } = useTranslation("saved");
  const announce = useAnnounce();
  const button = useRef<HTMLButtonElement>(null);
  const wasRemoved = useRef(false);
  const moving = useMutation({
    mutationFn: (isRemoving: boolean) => (isRemoving ? remove() : restore()),
    onSuccess: (_done, isRemoving) => announce(isRemoving ? removedWords : t("restored")),
  });
  // What was asked for last, unless it was refused.
  const isRemoved = moving.isIdle ? false : moving.isError ? !moving.variables : moving.variables;

  useEffect(() => {
    // The button that was pressed is gone; the one in its place takes the focus.
    if (wasRemoved.current !== isRemoved) button.current?.focus();
    wasRemoved.current = isRemoved;
  }, [isRemoved]);

  return (
    <li className={classes.row}>
      {isRemoved ? <p className={classes.where}>{removedWords}</p> : children}
      <div>
        <Button ref={button} variant="default" size="compact-sm" onClick={() => moving.mutate(!isRemoved)}>
          {isRemoved ? t("action.undo") : removeLabel}
        </Button>
      </div>
      {moving.error ? <Problem error={moving.error} heading={t("not_changed")} /> : null}
    </li>
  );
}
