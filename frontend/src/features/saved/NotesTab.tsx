import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { notesQuery, removeNote, writeNote } from "../../api/saved";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { ButtonLink } from "../../components/ButtonLink";
import { EmptyState } from "../../components/EmptyState";
import { FilterBar, SearchField } from "../manage/parts/FilterBar";
import { useFilters } from "../manage/useFilters";
import { KeptList, Question } from "./KeptList";
import { Removable } from "./Removable";
import classes from "./SavedPage.module.css";

export function NotesTab() {
  const { t } = useTranslation("saved");
  const { slug } = useAcademy();
  const { dateTime } = useFormats();
  const [filters, change] = useFilters((address) => ({ q: address.get("q") }));
  const list = useInfiniteQuery(notesQuery(slug, filters));
  return (
    <>
      <FilterBar>
        <SearchField label={t("search.notes")} value={filters.q ?? ""} onSearch={(q) => change({ q })} />
      </FilterBar>
      <KeptList
        list={list}
        empty={
          filters.q ? (
            <EmptyState
              title={t("nothing_found")}
              action={
                <ButtonLink to={`/a/${slug}/saved/notes`} variant="default">
                  {t("show_all")}
                </ButtonLink>
              }
            />
          ) : (
            <EmptyState title={t("no_notes")} action={<ButtonLink to={`/a/${slug}/practice`}>{t("to_practice")}</ButtonLink>}>
              {t("no_notes_words")}
            </EmptyState>
          )
        }
      >
        {({ question, text, changed_at }) => (
          <Removable
            key={question.id}
            remove={() => removeNote(slug, question.id)}
            restore={() => writeNote(slug, question.id, text)}
            removeLabel={t("remove_note")}
            removedWords={t("note.removed")}
          >
            <p className={classes.note}>{text}</p>
            <p className={classes.where}>{t("note.written", { when: dateTime(changed_at) })}</p>
            <Question question={question} />
          </Removable>
        )}
      </KeptList>
    </>
  );
}
