import { Button } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { resumeCard, suspendedCardsQuery } from "../../api/repetition";
import type { ListedCard } from "../../api/types";
import { useAcademy } from "../../app/academy";
import { useAnnounce } from "../../components/Announcer";
import { DataList } from "../../components/DataList";
import { Panel } from "../../components/Panel";
import { RichText } from "../../components/RichText";
import classes from "./Repetition.module.css";

/** The cards that were put aside, and the way back. */
export function SuspendedCards() {
  const { t } = useTranslation("repetition");
  const { t: shared } = useTranslation();
  const { slug } = useAcademy();
  const announce = useAnnounce();
  const client = useQueryClient();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(suspendedCardsQuery(slug));
  const resume = useMutation({
    mutationFn: (card: ListedCard) => resumeCard(slug, card.id),
    onSuccess: () => {
      announce(t("suspended.resumed"));
      return client.invalidateQueries({ queryKey: ["academy", slug, "reviews"] });
    },
  });
  return (
    <Panel title={t("suspended.title")}>
      <DataList
        rows={data?.pages.flatMap((page) => page.results)}
        error={error ?? resume.error}
        onRetry={() => void refetch()}
        skeletonRows={2}
        empty={<p className={classes.muted}>{t("suspended.nothing")}</p>}
      >
        {(cards) => (
          <>
            <ul className={classes.suspended}>
              {cards.map((card) => (
                <li key={card.id}>
                  <RichText html={card.stem_html || card.code} />
                  <Button
                    variant="default"
                    size="xs"
                    aria-label={t("suspended.resume_card", { card: card.code })}
                    disabled={resume.isPending}
                    onClick={() => resume.mutate(card)}
                  >
                    {t("suspended.resume")}
                  </Button>
                </li>
              ))}
            </ul>
            {hasNextPage ? (
              <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                {shared("action.load_more")}
              </Button>
            ) : null}
          </>
        )}
      </DataList>
    </Panel>
  );
}
