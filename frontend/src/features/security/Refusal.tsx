import { useTranslation } from "react-i18next";
import { isProblem } from "../../api/problem";
import { Icon } from "../../components/Icon";
import { Problem } from "../../components/Problem";
import { PasskeyGivenUp } from "./passkeys";
import classes from "./security.module.css";

const KNOWN = ["wrong_proof", "passkey_refused", "passkey_taken", "too_many_wrong_codes", "too_many_factors", "step_up_required"] as const;

/** What was refused about a proof or a factor, in the person's own language; anything else in the problem's words. */
export function Refusal({ error }: { error: unknown }) {
  const { t } = useTranslation("security");
  if (!error) return null;
  const code = error instanceof PasskeyGivenUp ? "given_up" : KNOWN.find((each) => isProblem(error, each));
  if (!code) return <Problem error={error} />;
  return (
    <p className={classes.refusal} role="alert">
      <Icon name="warning" />
      {t(`refusal.${code}`)}
    </p>
  );
}
