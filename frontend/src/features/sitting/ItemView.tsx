import { Button } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { SittingItem } from "../../api/types";
import { Icon } from "../../components/Icon";
import { RichText } from "../../components/RichText";
import { Question } from "./questions/Question";
import { isWithin } from "./screens";
import { useItem, useSession, useSessionState } from "./sittingContext";
import classes from "./ItemView.module.css";

const CLEARABLE = new Set(["single_choice", "true_false_not_given", "multiple_choice", "matching", "ordering"]);

/** One question: its number, stem, controls, and what can be done with it. */
export function ItemView({ item }: { item: SittingItem }) {
  const { t } = useTranslation();
  const session = useSession();
  const { open, phase, isPaused } = useSessionState();
  const { response, refusal, clear, flag } = useItem(item);
  const stemId = useId();
  const isOpen = isWithin(open, item.position);

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it only notices where the focus is
    <article
      className={classes.item}
      data-position={item.position}
      aria-labelledby={`${stemId}-heading`}
      onFocus={() => session.attend(item.position)}
    >
      <div className={classes.head}>
        <h2 id={`${stemId}-heading`} tabIndex={-1}>
          {t("sitting.question", { number: item.position })}
          <span className={classes.points}>{t("sitting.points", { count: item.points })}</span>
        </h2>
        <Button
          variant={response.flagged ? "light" : "default"}
          size="xs"
          aria-pressed={response.flagged}
          disabled={phase !== "running"}
          leftSection={<Icon name="flag" size={16} />}
          onClick={() => flag(!response.flagged)}
        >
          {response.flagged ? t("sitting.flagged") : t("sitting.flag")}
        </Button>
      </div>
      <div id={stemId} className={classes.stem}>
        <RichText html={item.stem_html} />
      </div>
      {isOpen ? null : <p className={classes.closed}>{t("sitting.item_closed")}</p>}
      <Question item={item} stemId={stemId} disabled={!isOpen || isPaused || phase !== "running"} />
      {refusal ? (
        <p className={classes.refusal} role="alert">
          {t("sitting.refused", { detail: refusal })}
        </p>
      ) : null}
      {CLEARABLE.has(item.type) && response.answer && isOpen ? (
        <Button variant="subtle" size="compact-sm" className={classes.clear} disabled={phase !== "running"} onClick={clear}>
          {t("sitting.clear")}
        </Button>
      ) : null}
    </article>
  );
}
