import { useTranslation } from "react-i18next";
import { isProblem } from "../../api/problem";
import { Icon } from "../../components/Icon";
import { Problem } from "../../components/Problem";
import classes from "./SignInPage.module.css";

/** Said once, above the form; saying which of the two was wrong would help the wrong people. */
export const WRONG_PAIR = new Set(["email_password_mismatch", "username_password_mismatch"]);

/** Says what went wrong without telling whether the address is known. */
export function SignInProblem({ error }: { error: unknown }) {
  const { t } = useTranslation();
  if (!error || isProblem(error, "already_signed_in")) return null;
  if (isProblem(error, "locked_out")) {
    return <Message title={t("session.locked_title")}>{error.problem.detail || t("session.locked_words")}</Message>;
  }
  if (isProblem(error, "pending_step")) {
    return <Message title={t("session.pending_title")}>{t("session.pending_words")}</Message>;
  }
  if (isProblem(error, "validation_error")) {
    if (error.fields.some((each) => WRONG_PAIR.has(each.code))) {
      return <Message title={t("session.wrong_title")}>{t("session.wrong_words")}</Message>;
    }
    // Errors of a field stand at the field.
    if (error.fields.some((each) => each.field) && !error.problem.detail) return null;
  }
  return <Problem error={error} heading={t("session.failed")} />;
}

function Message({ title, children }: { title: string; children: string }) {
  return (
    <div className={classes.message} role="alert">
      <Icon name="warning" />
      <div>
        <strong>{title}</strong>
        <p>{children}</p>
      </div>
    </div>
  );
}
