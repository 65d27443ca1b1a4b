import { useQuery, useQueryClient } from "@tanstack/react-query";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { practiceKey, practiceSessionQuery, type PracticeDetail } from "../../api/practice";
import { useAcademy } from "../../app/academy";
import { SkeletonRows } from "../../components/DataList";
import { PageTitle } from "../../components/PageTitle";
import { Problem } from "../../components/Problem";
import { Outcome } from "./Outcome";
import { QuizPlayer } from "./QuizPlayer";
import { StudyPlayer } from "./StudyPlayer";

await i18next.loadNamespaces("practice");

/** A session in the state that the server has: to go on with, or to look back at. */
export function SessionPage() {
  const { t } = useTranslation("practice");
  const { slug, name } = useAcademy();
  const { session = "" } = useParams();
  const client = useQueryClient();
  const { queryKey, queryFn } = practiceSessionQuery(slug, session);
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn,
    // While it goes on, the page knows better than any cache.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const onFinished = (finished: PracticeDetail) => {
    client.setQueryData(queryKey, finished);
    for (const part of ["banks", "sessions"]) void client.invalidateQueries({ queryKey: [...practiceKey(slug), part] });
  };
  const reload = () => void refetch();

  if (!data) {
    return (
      <>
        <PageTitle title={t("session.loading")} place={name} />
        {error ? <Problem error={error} onRetry={reload} /> : <SkeletonRows rows={2} height={160} />}
      </>
    );
  }
  if (data.session.state === "finished") return <Outcome detail={data} />;
  const Player = data.session.mode === "study" ? StudyPlayer : QuizPlayer;
  return <Player key={`${session}-${data.server_time}`} detail={data} onFinished={onFinished} onReload={reload} />;
}
