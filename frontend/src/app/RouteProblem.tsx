import { useTranslation } from "react-i18next";
import { useRouteError } from "react-router";
import { Button } from "@mantine/core";
import { ButtonLink } from "../components/ButtonLink";
import { PageTitle } from "../components/PageTitle";
import { Problem } from "../components/Problem";
import classes from "./Alone.module.css";

export function NotFound({ isAlone = false }: { isAlone?: boolean }) {
  const { t } = useTranslation();
  const content = (
    <>
      <PageTitle title={t("not_found.title")} lead={t("not_found.words")} />
      <div>
        <ButtonLink to="/">{t("action.go_home")}</ButtonLink>
      </div>
    </>
  );
  return isAlone ? <main className={classes.alone}>{content}</main> : content;
}

/** A page that broke: the rest of the application stays usable. After a release the old chunks are gone, hence "load again". */
export function RouteProblem() {
  const { t } = useTranslation();
  const error = useRouteError();
  return (
    <div className={classes.alone}>
      <PageTitle title={t("broken.title")} lead={t("broken.words")} />
      <Problem error={error} />
      <div>
        <Button onClick={() => window.location.reload()}>{t("action.load_again")}</Button>
      </div>
    </div>
  );
}
