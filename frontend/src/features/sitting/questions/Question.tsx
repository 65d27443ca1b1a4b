import type { SittingItem } from "../../../api/types";
import { ChoiceQuestion } from "./ChoiceQuestion";
import { GapFillQuestion } from "./GapFillQuestion";
import { MatchingQuestion } from "./MatchingQuestion";
import { NumericQuestion } from "./NumericQuestion";
import { OrderingQuestion } from "./OrderingQuestion";
import { ShortTextQuestion } from "./ShortTextQuestion";

export interface QuestionProps {
  item: SittingItem;
  /** Id of the stem, which names the group of controls. */
  stemId: string;
  disabled: boolean;
}

export function Question(props: QuestionProps) {
  switch (props.item.type) {
    case "single_choice":
    case "multiple_choice":
    case "true_false_not_given":
      return <ChoiceQuestion {...props} />;
    case "matching":
      return <MatchingQuestion {...props} />;
    case "ordering":
      return <OrderingQuestion {...props} />;
    case "gap_fill":
      return <GapFillQuestion {...props} />;
    case "short_text":
      return <ShortTextQuestion {...props} />;
    case "numeric":
      return <NumericQuestion {...props} />;
  }
}
