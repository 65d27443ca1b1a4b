import { Button, Textarea } from "@mantine/core";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useAnnounce } from "../../components/Announcer";
import { Problem } from "../../components/Problem";
import type { useMyItem } from "./useMyItem";
import classes from "./QuestionTools.module.css";

const LONGEST = 5000;

interface NoteFormProps {
  note: string;
  noting: ReturnType<typeof useMyItem>["noting"];
  onDone: () => void;
}

/** A note for nobody else. Saved empty, it is gone. */
export function NoteForm({ note, noting, onDone }: NoteFormProps) {
  const { t } = useTranslation("saved");
  const announce = useAnnounce();
  const [text, setText] = useState(note);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);

  function save(event: FormEvent) {
    event.preventDefault();
    const wanted = text.trim();
    noting.mutate(wanted, {
      onSuccess: () => {
        announce(wanted ? t("note.saved") : t("note.removed"));
        onDone();
      },
    });
  }

  return (
    <form className={classes.form} onSubmit={save} noValidate>
      <Textarea
        ref={field}
        label={t("note.label")}
        description={t("note.words")}
        rows={4}
        maxLength={LONGEST}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={classes.row}>
        <Button type="submit" size="compact-sm" loading={noting.isPending}>
          {t("action.save")}
        </Button>
        <Button variant="default" size="compact-sm" onClick={onDone}>
          {t("action.cancel")}
        </Button>
      </div>
      {noting.error ? <Problem error={noting.error} heading={t("note.not_saved")} /> : null}
    </form>
  );
}
