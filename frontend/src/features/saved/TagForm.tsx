import { Button, TextInput } from "@mantine/core";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { readTags } from "./tags";
import classes from "./QuestionTools.module.css";

const MOST_TAGS = 10;
const LONGEST = 40;

/** The tags of a bookmark as one line of text. */
export function TagForm({ tags, onSave }: { tags: string[]; onSave: (tags: string[]) => void }) {
  const { t } = useTranslation("saved");
  const [text, setText] = useState(tags.join(", "));
  const [fault, setFault] = useState("");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  function save(event: FormEvent) {
    event.preventDefault();
    const read = readTags(text);
    if (read.length > MOST_TAGS || read.some((tag) => tag.length > LONGEST)) {
      setFault(t("tags.too_much", { most: MOST_TAGS, longest: LONGEST }));
      field.current?.focus();
      return;
    }
    onSave(read);
  }

  return (
    <form className={classes.form} onSubmit={save} noValidate>
      <TextInput
        ref={field}
        label={t("tags.label")}
        value={text}
        error={fault || undefined}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" size="compact-sm">
        {t("action.save")}
      </Button>
    </form>
  );
}
