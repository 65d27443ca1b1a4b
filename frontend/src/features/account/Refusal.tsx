import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "../../api/problem";
import { Icon } from "../../components/Icon";
import { Problem } from "../../components/Problem";
import classes from "../session/SignInPage.module.css";

/** One sentence about why something was not done. */
export function Sentence({ children }: { children: ReactNode }) {
  return (
    <div className={classes.message} role="alert">
      <Icon name="warning" />
      <div>{children}</div>
    </div>
  );
}

/** What stands above a form that was refused: a sentence of ours, or the problem itself. */
export function Refusal({ overall, rest }: { overall: string | undefined; rest: unknown }) {
  const { t } = useTranslation("account");
  if (overall) return <Sentence>{overall}</Sentence>;
  if (isProblem(rest) && (rest.status === 429 || rest.code === "locked_out")) return <Sentence>{t("error.wait")}</Sentence>;
  return rest ? <Problem error={rest} /> : null;
}
