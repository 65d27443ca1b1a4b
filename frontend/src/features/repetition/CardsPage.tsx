import { Button } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { cardsQuery, forgetReviews, resumeCard, SHOWN_CARDS, suspendCard, type ShownCards } from "../../api/repetition";
import type { ListedCard } from "../../api/types";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { useAnnounce } from "../../components/Announcer";
import { ButtonLink } from "../../components/ButtonLink";
import { DataList } from "../../components/DataList";
import { EmptyState } from "../../components/EmptyState";
import { PageTitle } from "../../components/PageTitle";
import { Problem } from "../../components/Problem";
import { RichText } from "../../components/RichText";
import { Tag } from "../../components/Tag";
import { oneOf } from "../manage/filters";
import { FilterBar, FilterLinks } from "../manage/parts/FilterBar";
import { useFilters } from "../manage/useFilters";
import { useDayInterval } from "./useIntervals";
import classes from "./Repetition.module.css";

await i18next.loadNamespaces("repetition");

/** From which chance of recalling it a memory is called firm, and from which fading. */
const FIRM = 0.9;
const FADING = 0.7;

/** Every card that the learner has: when it comes again, how well it is remembered, and whether it is put aside. */
export function CardsPage() {
  const { t } = useTranslation("repetition");
  const { t: shared } = useTranslation();
  const { slug, name } = useAcademy();
  const [{ show }] = useFilters((address) => ({ show: oneOf(SHOWN_CARDS, address.get("show")) }));
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(cardsQuery(slug, show));
  return (
    <>
      <PageTitle
        title={t("cards.title")}
        place={name}
        lead={t("cards.lead")}
        actions={
          <ButtonLink to={`/a/${slug}/review`} variant="default">
            {t("settings.to_queue")}
          </ButtonLink>
        }
      />
      <FilterBar>
        <FilterLinks
          label={t("cards.which")}
          links={[null, ...SHOWN_CARDS].map((each) => ({
            key: each ?? "",
            label: t(`cards.show.${each ?? "all"}`),
            to: each ? `?show=${each}` : "?",
            isHere: show === each,
          }))}
        />
      </FilterBar>
      <DataList
        rows={data?.pages.flatMap((page) => page.results)}
        error={error}
        onRetry={() => void refetch()}
        rowHeight={96}
        empty={<NoCards show={show} />}
      >
        {(cards) => (
          <>
            <ul className={classes.cards}>
              {cards.map((card) => (
                <CardRow key={card.id} card={card} show={show} />
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
    </>
  );
}

function CardRow({ card, show }: { card: ListedCard; show: ShownCards }) {
  const { t } = useTranslation("repetition");
  const { slug } = useAcademy();
  const announce = useAnnounce();
  const client = useQueryClient();
  const isSuspended = card.suspended_at !== null;
  const change = useMutation({
    mutationFn: () => (isSuspended ? resumeCard(slug, card.id) : suspendCard(slug, card.id)),
    onSuccess: (changed) => {
      announce(isSuspended ? t("cards.resumed") : t("cards.suspended"));
      // The row stays where it is, so that the button that undoes it stays under the finger.
      client.setQueryData(cardsQuery(slug, show).queryKey, (before) =>
        before && {
          ...before,
          pages: before.pages.map((page) => ({ ...page, results: page.results.map((each) => (each.id === changed.id ? changed : each)) })),
        },
      );
      return forgetReviews(client, slug);
    },
  });
  return (
    <li>
      <div className={classes.listed}>
        <RichText html={card.stem_html || card.code} />
        <p className={classes.meta}>
          <span>{card.domain}</span>
          {isSuspended ? <Tag icon="pause">{t("cards.put_aside")}</Tag> : <Due card={card} />}
          {card.is_available ? null : <Tag tone="caution">{t("cards.not_live")}</Tag>}
          <Memory chance={card.retrievability} />
        </p>
        {change.error ? <Problem error={change.error} /> : null}
      </div>
      <Button
        variant="default"
        size="xs"
        aria-label={t(isSuspended ? "cards.resume_card" : "cards.suspend_card", { card: card.code })}
        loading={change.isPending}
        onClick={() => change.mutate()}
      >
        {isSuspended ? t("cards.resume") : t("cards.suspend")}
      </Button>
    </li>
  );
}

/** Nobody knows yet when a new card comes: it waits for room in a day. */
function Due({ card: { state, days } }: { card: ListedCard }) {
  const { t } = useTranslation("repetition");
  const interval = useDayInterval();
  if (state === "new") return null;
  if (days === 0) return <Tag tone="accent">{t("cards.due_today")}</Tag>;
  return <span>{days === 1 ? t("cards.due_tomorrow") : t("cards.due_in", { interval: interval(days) })}</span>;
}

/** How well it is remembered today; the number is the chance of recalling it. */
function Memory({ chance }: { chance: number | null }) {
  const { t } = useTranslation("repetition");
  const { percent } = useFormats();
  if (chance === null) return <span>{t("cards.never")}</span>;
  const strength = chance >= FIRM ? "firm" : chance >= FADING ? "fading" : "weak";
  return <span>{t(`cards.memory.${strength}`, { share: percent(100 * chance) })}</span>;
}

function NoCards({ show }: { show: ShownCards }) {
  const { t } = useTranslation("repetition");
  const { slug } = useAcademy();
  if (show === null) {
    return (
      <EmptyState title={t("empty.title")} action={<ButtonLink to={`/a/${slug}/practice`}>{t("done.practise")}</ButtonLink>}>
        {t("empty.words")}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={t(`cards.none_${show}`)}
      action={
        <ButtonLink to={`/a/${slug}/review/cards`} variant="default">
          {t("cards.show_all")}
        </ButtonLink>
      }
    >
      {t(`cards.none_${show}_words`)}
    </EmptyState>
  );
}
