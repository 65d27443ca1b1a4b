import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { useAcademy } from "../../app/academy";
import { PageTitle } from "../../components/PageTitle";
import { BoardView } from "./BoardView";
import { LeagueView } from "./LeagueView";
import { Preference } from "./Preference";
import classes from "./boards.module.css";

await i18next.loadNamespaces("boards");

const VIEWS = ["board", "league"] as const;

/** The board or the league, by `?view=`, and what the learner chose for themselves. */
export function BoardsPage() {
  const { t } = useTranslation("boards");
  const { name } = useAcademy();
  const [params] = useSearchParams();
  const view = params.get("view") === "league" ? "league" : "board";
  return (
    <>
      <PageTitle title={t("title")} place={name} lead={t("lead")} />
      <nav className={classes.views} aria-label={t("views")}>
        {VIEWS.map((each) => (
          <Link key={each} to={each === "board" ? "?" : `?view=${each}`} aria-current={each === view ? "page" : undefined}>
            {t(`view.${each}`)}
          </Link>
        ))}
      </nav>
      <div className={classes.parts}>
        {view === "league" ? <LeagueView /> : <BoardView />}
        <Preference />
      </div>
    </>
  );
}
