import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";
import { bookmarkItem, bookmarksQuery, removeBookmark, tagsQuery } from "../../api/saved";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { ButtonLink } from "../../components/ButtonLink";
import { EmptyState } from "../../components/EmptyState";
import { Tag } from "../../components/Tag";
import { writeFilters } from "../manage/filters";
import { FilterBar, FilterLinks, SearchField } from "../manage/parts/FilterBar";
import { useFilters } from "../manage/useFilters";
import { KeptList, Question } from "./KeptList";
import { Removable } from "./Removable";
import classes from "./SavedPage.module.css";

export function BookmarksTab() {
  const { t } = useTranslation("saved");
  const { slug } = useAcademy();
  const { number } = useFormats();
  const { search } = useLocation();
  const [filters, change] = useFilters((address) => ({ q: address.get("q"), tag: address.get("tag") }));
  const { data: tags = [] } = useQuery(tagsQuery(slug));
  const list = useInfiniteQuery(bookmarksQuery(slug, filters));
  const to = (tag: string | null) => `?${writeFilters(new URLSearchParams(search), { tag })}`;
  const isFiltered = Boolean(filters.q || filters.tag);
  return (
    <>
      <FilterBar>
        <SearchField label={t("search.bookmarks")} value={filters.q ?? ""} onSearch={(q) => change({ q })} />
        {tags.length > 0 ? (
          <FilterLinks
            label={t("tools.tags")}
            links={[
              { key: "", label: t("every_tag"), to: to(null), isHere: filters.tag === null },
              ...tags.map(({ tag, bookmarks }) => ({
                key: `#${tag}`,
                label: `${tag} (${number(bookmarks)})`,
                to: to(tag),
                isHere: filters.tag === tag,
              })),
            ]}
          />
        ) : null}
        {list.data?.pages[0]?.results.length ? (
          <ButtonLink to={`/a/${slug}/practice?only=bookmarked`} variant="default">
            {t("study_these")}
          </ButtonLink>
        ) : null}
      </FilterBar>
      <KeptList
        list={list}
        empty={
          isFiltered ? (
            <EmptyState
              title={t("nothing_found")}
              action={
                <ButtonLink to={`/a/${slug}/saved`} variant="default">
                  {t("show_all")}
                </ButtonLink>
              }
            />
          ) : (
            <EmptyState
              title={t("no_bookmarks")}
              action={<ButtonLink to={`/a/${slug}/practice`}>{t("to_practice")}</ButtonLink>}
            >
              {t("no_bookmarks_words")}
            </EmptyState>
          )
        }
      >
        {({ question, tags: own, note }) => (
          <Removable
            key={question.id}
            remove={() => removeBookmark(slug, question.id)}
            restore={() => bookmarkItem(slug, question.id, own)}
            removeLabel={t("remove_bookmark")}
            removedWords={t("tools.bookmark_removed")}
          >
            <Question question={question} />
            {own.length > 0 ? (
              <p className={classes.tags}>
                {own.map((tag) => (
                  <Tag key={tag}>{tag}</Tag>
                ))}
              </p>
            ) : null}
            {note ? <p className={classes.note}>{note}</p> : null}
          </Removable>
        )}
      </KeptList>
    </>
  );
}
