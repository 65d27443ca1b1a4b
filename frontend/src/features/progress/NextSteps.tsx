import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import i18next from "i18next";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { decideRecommendation, recommendationsQuery } from "../../api/insights";
import { startPractice } from "../../api/practice";
import type { Recommendation } from "../../api/types";
import { useAcademy } from "../../app/academy";
import { useAnnounce } from "../../components/Announcer";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import classes from "./Progress.module.css";

await i18next.loadNamespaces("progress");

const QUESTIONS = 10;

interface NextStepsProps {
  most?: number;
  /** What the page says already in another place. */
  except?: Recommendation["action"]["type"];
}

/** What to do next and why, at most so many; nothing where nothing is recommended. For the home page, too. */
export function NextSteps({ most = 5, except }: NextStepsProps) {
  const { t } = useTranslation("progress");
  const { slug } = useAcademy();
  const { data, error, refetch } = useQuery(recommendationsQuery(slug));
  const steps = data?.filter(({ action }) => action.type !== except);
  if (steps?.length === 0 || (!steps && !error)) return null;
  return (
    <Panel title={t("next.title")}>
      {steps ? (
        <ul className={classes.rows}>
          {steps.slice(0, most).map((each) => (
            <Step key={each.id} recommendation={each} />
          ))}
        </ul>
      ) : (
        <Problem error={error} onRetry={() => void refetch()} />
      )}
    </Panel>
  );
}

function Step({ recommendation }: { recommendation: Recommendation }) {
  const { t } = useTranslation("progress");
  const { slug } = useAcademy();
  const client = useQueryClient();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const { queryKey } = recommendationsQuery(slug);
  // The same until it worked: a quiz that was begun is not begun again.
  const key = useRef(crypto.randomUUID());
  const leave = () => client.setQueryData(queryKey, (before) => before?.filter((each) => each.id !== recommendation.id));
  const dismissing = useMutation({
    mutationFn: () => decideRecommendation(slug, recommendation.id, "dismissed"),
    onSuccess: () => {
      leave();
      announce(t("next.dismissed"));
    },
  });
  const accepting = useMutation({
    mutationFn: async () => {
      const place = await placeOf(slug, recommendation, key.current);
      await decideRecommendation(slug, recommendation.id, "accepted");
      return place;
    },
    onSuccess: (place) => {
      leave();
      navigate(place);
    },
  });
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <h3>{recommendation.title}</h3>
        <p className={classes.muted}>{recommendation.reason}</p>
        {accepting.error ? <Problem error={accepting.error} heading={t("next.not_begun")} /> : null}
        {dismissing.error ? <Problem error={dismissing.error} heading={t("next.not_dismissed")} /> : null}
      </div>
      <div className={classes.action}>
        <Button
          loading={accepting.isPending}
          onClick={() => accepting.mutate()}
          aria-label={`${t(`next.do.${recommendation.action.type}`)}: ${recommendation.title}`}
        >
          {t(`next.do.${recommendation.action.type}`)}
        </Button>
        <Button
          variant="subtle"
          loading={dismissing.isPending}
          onClick={() => dismissing.mutate()}
          aria-label={`${t("next.dismiss")}: ${recommendation.title}`}
        >
          {t("next.dismiss")}
        </Button>
      </div>
    </li>
  );
}

/** Where the action leads; a quiz is started first, so that one that cannot be leaves the recommendation open. */
async function placeOf(slug: string, { action }: Recommendation, key: string): Promise<string> {
  switch (action.type) {
    case "practice":
      return `/a/${slug}/practice/${await startedQuiz(slug, action, key)}`;
    case "practice_session":
      return `/a/${slug}/practice/${action.session}`;
    case "review":
      return `/a/${slug}/review`;
    case "exam":
      return `/a/${slug}/exams/${action.delivery}`;
    case "attempt":
      return `/a/${slug}/attempts/${action.attempt}`;
  }
}

async function startedQuiz(slug: string, { bank = "", domains, skills }: Recommendation["action"], key: string): Promise<string> {
  const { session } = await startPractice(slug, { mode: "practice", bank, domains, skills, count: QUESTIONS }, key);
  return session.id;
}
