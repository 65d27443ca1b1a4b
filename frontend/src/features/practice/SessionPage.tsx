import { useQuery, useQueryClient } from "@tanstack/react-query";
import i18next from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { practiceKey, practiceSessionQuery, type PracticeDetail, type Told } from "../../api/practice";
import { useAcademy } from "../../app/academy";
import { SkeletonRows } from "../../components/DataList";
import { useQuiet } from "../../components/quiet";
import { PageTitle } from "../../components/PageTitle";
import { Problem } from "../../components/Problem";
import { Outcome } from "./Outcome";
import { QuizPlayer } from "./QuizPlayer";
import { StudyPlayer } from "./StudyPlayer";
import { useAnswerSaver } from "./useAnswerSaver";

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
  return <Running key={`${session}-${data.server_time}`} detail={data} onFinished={onFinished} onReload={reload} />;
}

interface RunningProps {
  detail: PracticeDetail;
  onFinished: (detail: PracticeDetail) => void;
  onReload: () => void;
}

/** A session with what this device still holds of it, and with what is told of its answers meanwhile. */
function Running({ detail, onFinished, onReload }: RunningProps) {
  const [told, setTold] = useState<ReadonlyMap<number, Told>>(new Map());
  const [elsewhere, setElsewhere] = useState<number | null>(null);
  useQuiet();
  const saver = useAnswerSaver(detail, {
    onTold: (position, news) => setTold((before) => new Map(before).set(position, news)),
    onElsewhere: setElsewhere,
    onReload,
  });
  if (!saver) return <SkeletonRows rows={2} height={160} />;
  if (detail.session.mode === "practice") return <QuizPlayer detail={detail} saver={saver} elsewhere={elsewhere} onFinished={onFinished} />;
  return <StudyPlayer detail={detail} saver={saver} told={told} onFinished={onFinished} onReload={onReload} />;
}
