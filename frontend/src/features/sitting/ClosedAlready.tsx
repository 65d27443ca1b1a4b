import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { attemptQuery } from "../../api/learner";
import type { ProblemError } from "../../api/problem";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { ButtonLink } from "../../components/ButtonLink";
import { PageTitle } from "../../components/PageTitle";
import { ResultWhen } from "../result/ResultWhen";
import { deviceQueue } from "./deviceStore";
import { closingOf } from "./responseSender";
import classes from "./Sitting.module.css";

/** Somebody opened the address of an exam that is over; whatever this device could not send is told, not hidden. */
export function ClosedAlready({ attempt, problem }: { attempt: string; problem: ProblemError }) {
  const { t } = useTranslation();
  const { time } = useFormats();
  const { slug } = useAcademy();
  const { closedAt } = closingOf(problem);
  const { data } = useQuery(attemptQuery(slug, attempt));
  const { data: unsent = 0 } = useQuery({
    queryKey: ["unsent", attempt],
    queryFn: async () => (await deviceQueue.load(attempt)).filter((each) => each.kind === "answer").length,
    retry: false,
  });
  const moment = closedAt ?? data?.submitted_at;
  return (
    <main className={classes.alone}>
      <PageTitle title={moment ? t("ended.closed_at", { time: time(moment) }) : t("ended.closed")} place={data?.delivery.title} />
      {unsent > 0 ? <p>{t("ended.unsent", { count: unsent })}</p> : null}
      {data ? <ResultWhen result={data.result} /> : null}
      <div className={classes.actions}>
        {data?.result.available ? (
          <ButtonLink to={`/a/${slug}/attempts/${attempt}/result`}>{t("ended.see_result")}</ButtonLink>
        ) : null}
        <ButtonLink to={`/a/${slug}`} variant={data?.result.available ? "default" : "filled"}>
          {t("action.go_home")}
        </ButtonLink>
      </div>
    </main>
  );
}
