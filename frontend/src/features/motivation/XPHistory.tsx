import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { xpQuery } from "../../api/motivation";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { ButtonLink } from "../../components/ButtonLink";
import { DataList } from "../../components/DataList";
import { EmptyState } from "../../components/EmptyState";
import { Panel } from "../../components/Panel";
import { usePlainDate } from "./plainDate";
import classes from "./motivation.module.css";

/** What gave points, the newest first. */
export function XPHistory() {
  const { t } = useTranslation("motivation");
  const { slug } = useAcademy();
  const { number } = useFormats();
  const plainDate = usePlainDate();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(xpQuery(slug));
  return (
    <Panel title={t("history.title")}>
      <DataList
        rows={data?.pages.flatMap((page) => page.results)}
        error={error}
        onRetry={() => void refetch()}
        empty={
          <EmptyState title={t("history.empty")} action={<ButtonLink to={`/a/${slug}`}>{t("history.begin")}</ButtonLink>}>
            {t("history.empty_words")}
          </EmptyState>
        }
      >
        {(rows) => (
          <ul className={classes.rows}>
            {rows.map((entry) => (
              <li key={entry.id} className={classes.row}>
                <div>
                  <p>{entry.name}</p>
                  <p className={classes.detail}>
                    {plainDate(entry.local_date)}
                    {entry.is_capped ? ` · ${t("history.capped")}` : null}
                  </p>
                </div>
                <span className={classes.amount}>{t("history.amount", { xp: number(entry.amount) })}</span>
              </li>
            ))}
          </ul>
        )}
      </DataList>
      {hasNextPage ? (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("history.more")}
        </Button>
      ) : null}
    </Panel>
  );
}
