import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ReviewCheck, ReviewRating } from "../../api/types";
import { useIntervals } from "./useIntervals";
import classes from "./Repetition.module.css";

interface GradesProps {
  check: ReviewCheck;
  isBusy: boolean;
  onGrade: (rating: ReviewRating) => void;
}

/** Four buttons, each with when the card would come again. What the answer speaks for stands out. */
export function Grades({ check, isBusy, onGrade }: GradesProps) {
  const { t } = useTranslation("repetition");
  const interval = useIntervals();
  return (
    <div className={classes.grades} role="group" aria-label={t("player.how_well")}>
      {check.grades.map((grade, at) => {
        const isSuggested = grade.rating === check.suggested;
        return (
          <Button
            key={grade.rating}
            variant={isSuggested ? "filled" : "default"}
            className={classes.grade}
            classNames={{ label: classes.gradeLabel }}
            disabled={isBusy}
            onClick={() => onGrade(grade.rating)}
          >
            <span className={classes.rating}>
              <span className={classes.key} aria-hidden="true">
                {at + 1}
              </span>
              {t(`rating.${grade.rating}`)}
              {isSuggested ? <span className="visually-hidden"> ({t("player.suggested")})</span> : null}
            </span>
            <span className={classes.interval}>{interval(grade)}</span>
          </Button>
        );
      })}
    </div>
  );
}
