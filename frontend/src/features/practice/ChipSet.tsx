import { useId } from "react";
import { useFormats } from "../../app/formats";
import classes from "./Practice.module.css";

export interface Chip<T extends string> {
  value: T;
  label: string;
  count: number;
}

interface ChipSetProps<T extends string> {
  legend: string;
  chips: Chip<T>[];
  chosen: T[];
  onChange: (chosen: T[]) => void;
  /** One of them, instead of any number. */
  isSingle?: boolean;
}

/** Filters with how many questions each has: the browser's own boxes, in the looks of chips. */
export function ChipSet<T extends string>({ legend, chips, chosen, onChange, isSingle = false }: ChipSetProps<T>) {
  const { number } = useFormats();
  const name = useId();
  const toggle = (value: T) => {
    if (isSingle) onChange([value]);
    else onChange(chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]);
  };
  return (
    <fieldset className={classes.chips}>
      <legend>{legend}</legend>
      <div>
        {chips.map((chip) => (
          <label key={chip.value} className={classes.chip}>
            <input type={isSingle ? "radio" : "checkbox"} name={name} checked={chosen.includes(chip.value)} onChange={() => toggle(chip.value)} />
            {chip.label} <span className={classes.chipCount}>{number(chip.count)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
