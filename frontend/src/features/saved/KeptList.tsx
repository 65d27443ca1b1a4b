import { Button } from "@mantine/core";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { KeptQuestion, Page } from "../../api/types";
import { DataList } from "../../components/DataList";
import { RichText } from "../../components/RichText";
import { Tag } from "../../components/Tag";
import classes from "./SavedPage.module.css";

interface KeptListProps<Row> {
  list: UseInfiniteQueryResult<InfiniteData<Page<Row>>>;
  empty: ReactNode;
  children: (row: Row) => ReactNode;
}

/** Rows about questions, page after page. */
export function KeptList<Row extends { question: KeptQuestion }>({ list, empty, children }: KeptListProps<Row>) {
  const { t } = useTranslation("saved");
  return (
    <DataList
      rows={list.data?.pages.flatMap((page) => page.results)}
      error={list.error}
      onRetry={() => void list.refetch()}
      rowHeight={110}
      empty={empty}
    >
      {(rows) => (
        <>
          <ul className={classes.rows}>{rows.map(children)}</ul>
          {list.hasNextPage ? (
            <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t("action.load_more")}
            </Button>
          ) : null}
        </>
      )}
    </DataList>
  );
}

/** The question itself, and where it belongs. */
export function Question({ question }: { question: KeptQuestion }) {
  const { t } = useTranslation("saved");
  return (
    <div className={classes.question}>
      <RichText html={question.stem_html} />
      <p className={classes.where}>
        {question.bank.title} · {question.domain}{" "}
        {question.is_live ? null : <Tag tone="caution">{t("not_live")}</Tag>}
      </p>
    </div>
  );
}
