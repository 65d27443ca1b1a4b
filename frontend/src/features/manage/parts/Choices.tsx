import { useId, type ReactNode } from "react";
import classes from "./Choices.module.css";

export interface Choice<T extends string> {
  value: T;
  label: string;
  /** What it means, below the label. */
  words?: ReactNode;
}

interface ChoicesProps<T extends string> {
  legend: string;
  /** For the form: which field of the API this is. */
  name: string;
  choices: Choice<T>[];
  value: T | "";
  onChange: (value: T) => void;
  error?: string;
  isDisabled?: boolean;
  isLegendHidden?: boolean;
  layout?: "rows" | "cards";
}

/** One of a few, each with what it means: the browser's own radio buttons. */
export function Choices<T extends string>({
  legend,
  name,
  choices,
  value,
  onChange,
  error,
  isDisabled = false,
  isLegendHidden = false,
  layout = "rows",
}: ChoicesProps<T>) {
  const id = useId();
  return (
    <fieldset
      className={classes.set}
      disabled={isDisabled}
      data-invalid={error ? true : undefined}
      aria-describedby={error ? `${id}-error` : undefined}
    >
      <legend className={isLegendHidden ? "visually-hidden" : classes.legend}>{legend}</legend>
      {error ? (
        <p id={`${id}-error`} className={classes.error}>
          {error}
        </p>
      ) : null}
      <div className={layout === "cards" ? classes.cards : classes.rows}>
        {choices.map((choice) => (
          <label key={choice.value} className={classes.choice}>
            <input
              type="radio"
              name={`${name}-${id}`}
              value={choice.value}
              checked={value === choice.value}
              aria-labelledby={`${id}-${choice.value}`}
              aria-describedby={choice.words ? `${id}-${choice.value}-words` : undefined}
              onChange={() => onChange(choice.value)}
            />
            <span className={classes.text}>
              <span id={`${id}-${choice.value}`} className={classes.label}>
                {choice.label}
              </span>
              {choice.words ? (
                <span id={`${id}-${choice.value}-words`} className={classes.words}>
                  {choice.words}
                </span>
              ) : null}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
