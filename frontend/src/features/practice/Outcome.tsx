import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PracticeDetail, PracticeItem } from "../../api/practice";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { BarChart } from "../../components/BarChart";
import { ButtonLink } from "../../components/ButtonLink";
import { PageTitle } from "../../components/PageTitle";
import { Panel } from "../../components/Panel";
import { ReviewedItem } from "../review/ReviewedItem";
import { sameAnswer } from "../sitting/answers";
import { deviceQueue } from "../sitting/deviceStore";
import { Positions, type PlaceState } from "./Positions";
import { reviewItemOf } from "./reviewItem";
import { StartQuizButton } from "./StartQuizButton";
import classes from "./Player.module.css";

/** What came of a session: the finding first, then each question with its reasons. */
export function Outcome({ detail }: { detail: PracticeDetail }) {
  const { t } = useTranslation("practice");
  const { duration, number } = useFormats();
  const { slug, name } = useAcademy();
  const { session } = detail;
  const isQuiz = session.mode === "practice";
  const facts: [string, string][] = [
    isQuiz ? [t("outcome.answered"), `${number(session.answered)}/${number(session.items)}`] : [t("outcome.viewed"), number(session.viewed)],
    [t("outcome.right"), number(session.right)],
    [t("outcome.time"), duration(session.seconds)],
  ];
  return (
    <>
      <PageTitle
        title={isQuiz ? t("outcome.quiz_title", { right: session.right, count: session.items }) : t("outcome.study_title", { count: session.viewed })}
        place={name}
        lead={session.bank.title}
      />
      <div className={classes.place}>
        <LateAnswers detail={detail} />
        <Panel>
          <dl className={classes.facts}>
            {facts.map(([what, much]) => (
              <div key={what}>
                <dt>{what}</dt>
                <dd>{much}</dd>
              </div>
            ))}
          </dl>
          <div className={classes.buttons}>
            <ButtonLink to={`/a/${slug}/practice?bank=${session.bank.id}`}>{t("outcome.go_on")}</ButtonLink>
            {session.right < session.answered ? (
              <StartQuizButton bank={session.bank.id} only="wrong" label={t("outcome.wrong_quiz")} variant="default" />
            ) : null}
          </div>
        </Panel>
        {isQuiz ? <Domains domains={detail.domains} /> : null}
        <Questions detail={detail} />
      </div>
    </>
  );
}

/** Says once what this device still held when the session was over; it can be sent no more. */
function LateAnswers({ detail: { session, items } }: { detail: PracticeDetail }) {
  const { t } = useTranslation("practice");
  const [count, setCount] = useState(0);
  useEffect(() => {
    void deviceQueue
      .load(session.id)
      .then((kept) => {
        if (kept.length === 0) return undefined;
        // The server may have one whose acknowledgement was lost.
        setCount(kept.filter((each) => !sameAnswer(each.answer, items[Number(each.slot) - 1]?.answer ?? null)).length);
        return deviceQueue.clear(session.id);
      })
      // Where nothing can be read, nothing was kept.
      .catch(() => undefined);
  }, [session.id, items]);
  return count > 0 ? (
    <p className={classes.trouble} role="status">
      {t("outcome.late", { count })}
    </p>
  ) : null;
}

/** The weakest first, because that is where the next hour is best spent. */
function Domains({ domains }: { domains: PracticeDetail["domains"] }) {
  const { t } = useTranslation("practice");
  const { percent, number } = useFormats();
  const bars = domains
    .map((domain) => ({ ...domain, value: (100 * domain.right) / domain.items }))
    .toSorted((one, other) => one.value - other.value);
  const weakest = bars[0];
  if (!weakest) return null;
  return (
    <Panel>
      <BarChart
        title={t("outcome.weakest", { title: weakest.title, percent: percent(weakest.value) })}
        category={t("outcome.domain")}
        axis={t("outcome.percent_right")}
        max={100}
        bars={bars.map((domain) => ({
          key: domain.id,
          label: domain.title,
          value: domain.value,
          text: `${percent(domain.value)} (${number(domain.right)}/${number(domain.items)})`,
        }))}
      />
    </Panel>
  );
}

function Questions({ detail: { items, stimuli } }: { detail: PracticeDetail }) {
  const { t } = useTranslation("practice");
  const [position, setPosition] = useState(() => items.find((item) => item.answer && item.truth?.fraction !== 1)?.position ?? 1);
  const shown = useRef<HTMLDivElement>(null);
  const hasMoved = useRef(false);
  useEffect(() => {
    if (hasMoved.current) shown.current?.querySelector<HTMLElement>("h2")?.focus();
  }, [position]);
  const item = items[position - 1];
  if (!item?.truth) return null;
  return (
    <section aria-labelledby="outcome-questions" className={classes.place}>
      <h2 id="outcome-questions">{t("outcome.questions")}</h2>
      <Positions
        places={items.map((each) => ({ position: each.position, state: stateOf(each) }))}
        position={position}
        onGo={(to) => {
          hasMoved.current = true;
          setPosition(to);
        }}
      />
      <div ref={shown} className={classes.place}>
        <ReviewedItem item={reviewItemOf(item, item.truth)} stimulus={item.stimulus ? stimuli[item.stimulus] : undefined} />
      </div>
    </section>
  );
}

function stateOf({ answer, is_skipped: isSkipped, truth }: PracticeItem): PlaceState {
  if (!answer) return isSkipped ? "skipped" : "open";
  if (truth?.fraction === 1) return "right";
  return truth?.fraction ? "partly" : "wrong";
}
