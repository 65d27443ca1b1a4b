import { useTranslation } from "react-i18next";
import { isProblem } from "../../api/problem";

const KNOWN = [
  "password_too_short",
  "password_too_long",
  "password_too_common",
  "password_too_similar",
  "enter_current_password",
  "incorrect_code",
  "invalid_password_reset",
  "sign_up_closed",
] as const;

type Known = (typeof KNOWN)[number];
const isKnown = (code: string): code is Known => (KNOWN as readonly string[]).includes(code);

/** What a refusal says at each field, in the words of this page where it has any. `rest` stands above the form. */
export function useAccountErrors(error: unknown, fields: readonly string[]) {
  const { t } = useTranslation("account");
  const found = isProblem(error, "validation_error") ? error.fields : [];
  const wordsOf = (code: string, detail: string) => (isKnown(code) ? t(`error.${code}`) : detail);
  const elsewhere = found.find((each) => !each.field || !fields.includes(each.field));
  const overall = isProblem(error, "validation_error") && found.length > 0 ? elsewhere && wordsOf(elsewhere.code, elsewhere.detail) : undefined;
  return {
    errorOf: (field: string) => {
      const each = found.find((one) => one.field === field);
      return each ? wordsOf(each.code, each.detail) : undefined;
    },
    /** In one sentence, when it is of no field. */
    overall,
    /** What has no words here: no answer, too many requests, a fault. */
    rest: isProblem(error, "validation_error") && found.length > 0 ? null : error,
  };
}
