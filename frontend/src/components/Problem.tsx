import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { isProblem } from "../api/problem";
import { Icon } from "./Icon";
import classes from "./Problem.module.css";

interface ProblemProps {
  error: unknown;
  onRetry?: () => void;
  /** Said above the problem's own words: what could not be done. */
  heading?: string;
}

/** The words for any error: the problem's own, or ours where there was no answer to quote. */
export function useProblemWords(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    if (!isProblem(error)) return t("problem.unexpected");
    if (error.isUnreachable) return t("problem.network");
    const { detail, title } = error.problem;
    if (detail || title) return detail || title;
    if (error.status === 404) return t("problem.not_found");
    return error.status >= 500 ? t("problem.server") : t("problem.unexpected");
  };
}

/** A failed request in the problem's own words, with the request id to quote and a way to try again. */
export function Problem({ error, onRetry, heading }: ProblemProps) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const requestId = isProblem(error) ? error.problem.request_id : undefined;
  const fields = isProblem(error) ? error.fields : [];
  return (
    <div className={classes.problem} role="alert">
      <span className={classes.icon}>
        <Icon name="warning" />
      </span>
      <div className={classes.words}>
        {heading ? <strong>{heading}</strong> : null}
        <p>{words(error)}</p>
        {fields.length > 0 ? (
          <ul>
            {fields.map((each) => (
              <li key={`${each.field}-${each.code}-${each.detail}`}>{each.detail}</li>
            ))}
          </ul>
        ) : null}
        {requestId ? (
          <p className={classes.id}>
            {t("problem.request_id")} <code>{requestId}</code>
          </p>
        ) : null}
        {onRetry ? (
          <Button variant="default" size="xs" onClick={onRetry}>
            {t("action.retry")}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
