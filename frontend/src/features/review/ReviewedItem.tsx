import { useTranslation } from "react-i18next";
import type { ReviewItem, Stimulus } from "../../api/types";
import { useFormats } from "../../app/formats";
import { Icon } from "../../components/Icon";
import { Panel } from "../../components/Panel";
import { RichText } from "../../components/RichText";
import { Tag } from "../../components/Tag";
import { KeyRows } from "./KeyRows";
import { QuestionTools } from "../saved/QuestionTools";
import { OptionsReview } from "./OptionsReview";
import { verdictOf } from "./filters";
import { VerdictTag } from "./Verdict";
import classes from "./ReviewPage.module.css";

const CHOICES = new Set(["single_choice", "multiple_choice", "true_false_not_given"]);

/** What was asked, what was answered, what is right, and why. */
export function ReviewedItem({ item, stimulus }: { item: ReviewItem; stimulus: Stimulus | undefined }) {
  const { t } = useTranslation();
  const { number, duration } = useFormats();
  return (
    <Panel>
      <article className={classes.reviewed}>
        <header>
          <h2 tabIndex={-1}>{t("sitting.question", { number: item.position })}</h2>
          <VerdictTag verdict={verdictOf(item)} />
          {item.flagged ? <Tag icon="flag">{t("navigator.flagged")}</Tag> : null}
          <span className={classes.points}>
            {item.mark === null ? "" : `${t("review.points", { mark: number(item.mark), count: item.points })} · `}{duration(item.seconds)}
          </span>
        </header>
        {stimulus ? <ReviewedStimulus stimulus={stimulus} /> : null}
        <RichText html={item.stem_html} className={classes.stem} />
        {CHOICES.has(item.type) ? <OptionsReview item={item} /> : <KeyRows item={item} />}
        {item.explanation_html ? (
          <section className={classes.explanation}>
            <h3>
              <Icon name="info" /> {t("review.explanation")}
            </h3>
            <RichText html={item.explanation_html} />
          </section>
        ) : null}
        {item.item ? (
          <div className={classes.tools}>
            <QuestionTools key={item.item} item={item.item} />
          </div>
        ) : null}
      </article>
    </Panel>
  );
}

function ReviewedStimulus({ stimulus }: { stimulus: Stimulus }) {
  return (
    <details className={classes.stimulus}>
      <summary>{stimulus.title}</summary>
      {stimulus.file_url && stimulus.kind === "audio" ? (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- the recording of a listening test
        <audio controls src={stimulus.file_url} aria-label={stimulus.title} />
      ) : stimulus.file_url ? (
        <img src={stimulus.file_url} alt={stimulus.title} />
      ) : null}
      <RichText html={stimulus.html} />
      {stimulus.attribution ? <p className={classes.attribution}>{stimulus.attribution}</p> : null}
    </details>
  );
}
