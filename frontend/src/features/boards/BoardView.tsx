import { NativeSelect } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { boardQuery, type BoardChoice } from "../../api/boards";
import type { Board } from "../../api/types";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { ButtonLink } from "../../components/ButtonLink";
import { SkeletonRows } from "../../components/DataList";
import { EmptyState } from "../../components/EmptyState";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { PlaceTable } from "./PlaceTable";
import classes from "./boards.module.css";

const PERIODS = ["week", "all"] as const;
const ACADEMY = "academy";

/** A board by `?board=` and `?period=`. */
export function BoardView() {
  const { t } = useTranslation("boards");
  const { slug, name } = useAcademy();
  const [params, setParams] = useSearchParams();
  const choice: BoardChoice = {
    board: params.get("board") ?? ACADEMY,
    period: params.get("period") === "all" ? "all" : "week",
  };
  const { data: board, error, refetch } = useQuery({ ...boardQuery(slug, choice), placeholderData: keepPreviousData });

  const choose = (changes: Partial<BoardChoice>) => {
    const wanted = { ...choice, ...changes };
    const kept = Object.entries(wanted).filter(([, value]) => value !== ACADEMY && value !== "week");
    setParams(Object.fromEntries(kept), { replace: true });
  };

  return (
    <Panel>
      <div className={classes.choices}>
        <NativeSelect
          label={t("who")}
          value={choice.board}
          data={[
            { value: ACADEMY, label: t("academy", { name }) },
            ...(board?.cohorts ?? []).map((cohort) => ({ value: `cohort:${cohort.id}`, label: cohort.name })),
          ]}
          onChange={(event) => choose({ board: event.currentTarget.value })}
        />
        <NativeSelect
          label={t("when")}
          value={choice.period}
          data={PERIODS.map((value) => ({ value, label: t(`period.${value}`) }))}
          onChange={(event) => choose({ period: event.currentTarget.value as BoardChoice["period"] })}
        />
      </div>
      {error ? <Problem error={error} onRetry={() => void refetch()} /> : null}
      {board === undefined && !error ? <SkeletonRows rows={6} height={40} /> : null}
      {board ? <BoardPlaces board={board} /> : null}
    </Panel>
  );
}

function BoardPlaces({ board }: { board: Board }) {
  const { t } = useTranslation("boards");
  const { slug } = useAcademy();
  const { dateTimeZone, number } = useFormats();
  const mine = board.around.find((place) => place.is_me);
  const isOnTop = board.top.some((place) => place.is_me);
  return (
    <>
      <p className={classes.finding} role="status">
        {mine
          ? t("mine", { rank: number(mine.rank), size: number(board.size), points: number(mine.points) })
          : t(board.is_hidden ? "hidden" : "not_there")}
      </p>
      {board.ends_at ? <p className={classes.hint}>{t("ends", { when: dateTimeZone(board.ends_at) })}</p> : null}
      {board.top.length === 0 ? (
        <EmptyState title={t("empty")} action={<ButtonLink to={`/a/${slug}`}>{t("to_practice")}</ButtonLink>}>
          {t("empty_words")}
        </EmptyState>
      ) : (
        <PlaceTable caption={t("caption")} places={board.top} />
      )}
      {mine && !isOnTop ? (
        <>
          <h2 className={classes.subtitle}>{t("around")}</h2>
          <PlaceTable caption={t("around")} places={board.around} />
        </>
      ) : null}
    </>
  );
}
