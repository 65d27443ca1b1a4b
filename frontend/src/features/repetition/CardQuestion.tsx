import { Button } from "@mantine/core";
import { useId, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Answer, ReviewCard } from "../../api/types";
import { Panel } from "../../components/Panel";
import { RichText } from "../../components/RichText";
import { Tag } from "../../components/Tag";
import { Question } from "../sitting/questions/Question";
import { PracticeDesk, PracticeMarks } from "../practice/desk";
import { DeskContext } from "../sitting/sittingContext";
import { Stimulus } from "../sitting/Stimulus";
import classes from "./Repetition.module.css";

interface CardQuestionProps {
  card: ReviewCard;
  isBusy: boolean;
  onCheck: (answer: Answer | null, seconds: number) => void;
}

/** The question of a card, to be answered once. */
export function CardQuestion({ card, isBusy, onCheck }: CardQuestionProps) {
  const { t } = useTranslation("repetition");
  const [tools] = useState(() => ({
    desk: new PracticeDesk([{ slot: card.item.slot, answer: null, seconds: 0 }]),
    marks: new PracticeMarks(),
  }));
  const given = () => tools.desk.saver.response(String(card.item.slot)).answer;
  const [begun] = useState(() => performance.now());
  const article = useRef<HTMLElement>(null);
  const id = useId();
  const check = (answer: Answer | null) => onCheck(answer, Math.round((performance.now() - begun) / 1000));

  function onKeyDown(event: KeyboardEvent) {
    const isOnControl = (event.target as HTMLElement).closest("button, a, summary, textarea, [role='listbox']");
    if (event.key !== "Enter" || isOnControl || isBusy) return;
    event.preventDefault();
    if (given()) check(given());
  }

  return (
    <DeskContext value={tools}>
      <Panel>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Enter in any of its fields checks the answer */}
        <article ref={article} className={classes.card} aria-labelledby={`${id}-heading`} onKeyDown={onKeyDown}>
          <header className={classes.head}>
            <h2 id={`${id}-heading`} tabIndex={-1}>
              {t("player.question", { number: card.item.position })}
            </h2>
            <Tag>{t(`reason.${card.reason}`)}</Tag>
          </header>
          {card.stimulus ? <Stimulus stimulus={card.stimulus} /> : null}
          <div id={id} className={classes.stem}>
            <RichText html={card.item.stem_html} />
          </div>
          <Question item={card.item} stemId={id} disabled={isBusy} />
          <div className={classes.actions}>
            <Button loading={isBusy} onClick={() => check(given())}>
              {t("player.check")}
            </Button>
            <Button variant="subtle" disabled={isBusy} onClick={() => check(null)}>
              {t("player.do_not_know")}
            </Button>
          </div>
        </article>
      </Panel>
    </DeskContext>
  );
}
