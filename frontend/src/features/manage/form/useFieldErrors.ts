import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem, ProblemError } from "../../../api/problem";
import type { Issues } from "./draft";

/** An error without those of its fields that stand at a field already; null when none is left to tell. */
export function withoutPlaced(error: unknown, fields: readonly string[]): unknown {
  if (!isProblem(error, "validation_error") || error.fields.length === 0) return error;
  const rest = error.fields.filter((each) => !each.field || !fields.includes(each.field));
  return rest.length === 0 ? null : new ProblemError({ ...error.problem, errors: rest });
}

/** What is wrong with each field, found here or by the server, and the focus moved to the first of them. */
export function useFieldErrors(error: unknown, fields: readonly string[]) {
  const { t } = useTranslation("manage");
  const form = useRef<HTMLFormElement>(null);
  const [issues, setIssues] = useState<Issues>({});
  const [tries, setTries] = useState(0);

  useEffect(() => {
    if (tries === 0 && !error) return;
    form.current
      ?.querySelector<HTMLElement>('[aria-invalid="true"], fieldset[data-invalid] input, fieldset[data-invalid] select')
      ?.focus();
  }, [tries, error]);

  const served = isProblem(error, "validation_error") ? error.fields : [];
  const errorOf = (field: string): string | undefined => {
    const issue = issues[field];
    return issue ? t(`issue.${issue}`) : served.find((each) => each.field === field)?.detail;
  };

  return {
    form,
    errorOf,
    hasErrors: fields.some((field) => errorOf(field) !== undefined),
    /** Whether the request may be sent. */
    accept: (found: Issues) => {
      setIssues(found);
      setTries((count) => count + 1);
      return Object.keys(found).length === 0;
    },
    /** Of the request, without what stands at its field. */
    rest: withoutPlaced(error, fields),
  };
}
