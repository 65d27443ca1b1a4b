import { Button } from "@mantine/core";
import i18next from "i18next";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAnnounce } from "../../components/Announcer";
import { Icon } from "../../components/Icon";
import { Problem } from "../../components/Problem";
import { Tag } from "../../components/Tag";
import { useIsNear } from "../../components/useIsNear";
import { NoteForm } from "./NoteForm";
import { ReportDialog } from "./ReportDialog";
import { TagForm } from "./TagForm";
import { useMyItem } from "./useMyItem";
import classes from "./QuestionTools.module.css";

await i18next.loadNamespaces("saved");

type Open = "tags" | "note" | "report" | null;

/** What a learner may do with any question that they have seen: bookmark it with tags, write a note, report it. */
export function QuestionTools({ item }: { item: string }) {
  const place = useRef<HTMLDivElement>(null);
  const isNear = useIsNear(place);
  return (
    <div ref={place} className={classes.place}>
      {isNear ? <Tools item={item} /> : null}
    </div>
  );
}

function Tools({ item }: { item: string }) {
  const { t } = useTranslation("saved");
  const announce = useAnnounce();
  const { mine, error, refetch, bookmarking, noting, addReport } = useMyItem(item);
  const [open, setOpen] = useState<Open>(null);
  // The tags of a bookmark that was just removed, for who did not mean it.
  const [removed, setRemoved] = useState<string[] | null>(null);

  if (!mine) return error ? <Problem error={error} onRetry={() => void refetch()} /> : <div className={classes.tools} aria-busy="true" />;
  const { bookmark, note, reports } = mine;
  const isReported = reports.some((report) => report.state === "open" || report.state === "triaged");
  const toggle = (which: Open) => setOpen(open === which ? null : which);
  // What is saved closes its own form, and not what was opened meanwhile.
  const close = (which: Open) => setOpen((now) => (now === which ? null : now));
  const mark = (tags: string[] | null) => {
    setRemoved(tags === null && bookmark ? bookmark.tags : null);
    if (tags === null && open === "tags") setOpen(null);
    bookmarking.mutate(tags, {
      onSuccess: () => announce(tags === null ? t("tools.bookmark_removed") : t("tools.bookmark_kept")),
      onError: () => setRemoved(null),
    });
  };

  return (
    <section className={classes.tools} aria-label={t("tools.title")}>
      <div className={classes.row}>
        <Button
          variant="default"
          size="compact-sm"
          aria-pressed={bookmark !== null}
          leftSection={<Icon name="bookmark" size={15} />}
          className={bookmark ? classes.kept : undefined}
          onClick={() => mark(bookmark ? null : [])}
        >
          {t("tools.bookmark")}
        </Button>
        {bookmark ? (
          <Button variant="default" size="compact-sm" aria-expanded={open === "tags"} onClick={() => toggle("tags")}>
            {t("tools.tags")}
          </Button>
        ) : null}
        <Button
          variant="default"
          size="compact-sm"
          aria-expanded={open === "note"}
          leftSection={<Icon name="note" size={15} />}
          onClick={() => toggle("note")}
        >
          {note ? t("tools.your_note") : t("tools.add_note")}
        </Button>
        {isReported ? (
          <Tag icon="flag">{t("tools.reported")}</Tag>
        ) : (
          <Button variant="default" size="compact-sm" leftSection={<Icon name="flag" size={15} />} onClick={() => setOpen("report")}>
            {t("tools.report")}
          </Button>
        )}
        {removed && !bookmark ? (
          <span className={classes.undo}>
            {t("tools.bookmark_removed")}{" "}
            <Button variant="default" size="compact-sm" onClick={() => mark(removed)}>
              {t("action.undo")}
            </Button>
          </span>
        ) : null}
      </div>
      {bookmark && bookmark.tags.length > 0 && open !== "tags" ? (
        <ul className={classes.tags} aria-label={t("tools.tags")}>
          {bookmark.tags.map((tag) => (
            <li key={tag}>
              <Tag>{tag}</Tag>
            </li>
          ))}
        </ul>
      ) : null}
      {bookmarking.error ? <Problem error={bookmarking.error} heading={t("tools.not_kept")} /> : null}
      {bookmark && open === "tags" ? (
        <TagForm
          tags={bookmark.tags}
          onSave={(tags) => {
            setOpen(null);
            mark(tags);
          }}
        />
      ) : null}
      {open === "note" ? <NoteForm note={note?.text ?? ""} noting={noting} onDone={() => close("note")} /> : null}
      {note && open !== "note" ? <p className={classes.note}>{note.text}</p> : null}
      <ReportDialog item={item} isOpen={open === "report"} onClose={() => close("report")} onReported={addReport} />
    </section>
  );
}
