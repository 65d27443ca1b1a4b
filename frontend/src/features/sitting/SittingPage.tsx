import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { openSitting } from "../../api/learner";
import { isProblem } from "../../api/problem";
import type { Sitting } from "../../api/types";
import { useAcademy } from "../../app/academy";
import { LoadingPage } from "../../app/LoadingPage";
import { ButtonLink } from "../../components/ButtonLink";
import { PageTitle, useDocumentTitle } from "../../components/PageTitle";
import { Problem } from "../../components/Problem";
import { ClosedAlready } from "./ClosedAlready";
import type { ShownNotice } from "./Notices";
import type { SittingNotice } from "./sessionState";
import { SittingContext } from "./sittingContext";
import { SittingScreen } from "./SittingScreen";
import { useOnlyTab } from "./useOnlyTab";
import { useOpenedSitting } from "./useSession";
import classes from "./Sitting.module.css";

export function SittingPage() {
  const { t } = useTranslation();
  const { slug } = useAcademy();
  const { attempt = "" } = useParams();
  const { place, take } = useOnlyTab(attempt);
  const { data, error, refetch } = useQuery({
    queryKey: ["sitting", attempt],
    queryFn: () => openSitting(slug, attempt),
    enabled: place === "here",
    // From here on the session knows better than any cache.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

  if (place === "elsewhere") {
    return (
      <main className={classes.alone}>
        <PageTitle title={t("only_tab.title")} lead={t("only_tab.words")} />
        <div className={classes.actions}>
          <Button onClick={take}>{t("only_tab.take")}</Button>
          <ButtonLink to={`/a/${slug}`} variant="default">
            {t("action.go_home")}
          </ButtonLink>
        </div>
      </main>
    );
  }
  if (data) return <OpenSitting key={attempt} slug={slug} sitting={data} />;
  if (isProblem(error, "attempt_closed")) return <ClosedAlready attempt={attempt} problem={error} />;
  if (error) {
    return (
      <main className={classes.alone}>
        <PageTitle title={t("sitting.cannot_open")} />
        <Problem error={error} onRetry={() => void refetch()} />
        <div>
          <ButtonLink to={`/a/${slug}`} variant="default">
            {t("action.go_home")}
          </ButtonLink>
        </div>
      </main>
    );
  }
  return <LoadingPage />;
}

function OpenSitting({ slug, sitting }: { slug: string; sitting: Sitting }) {
  const [notices, setNotices] = useState<ShownNotice[]>([]);
  const count = useRef(0);
  const onNotice = useCallback((notice: SittingNotice) => {
    count.current += 1;
    const shown = { id: count.current, notice };
    // A later notice of the same kind about the same thing replaces the one before.
    const keyOf = (each: SittingNotice) => `${each.kind === "resumed" ? "paused" : each.kind}/${"slot" in each ? each.slot : ""}`;
    setNotices((before) => [...before.filter((each) => keyOf(each.notice) !== keyOf(notice)), shown]);
  }, []);
  const dismiss = useCallback((id: number) => setNotices((before) => before.filter((each) => each.id !== id)), []);
  const opened = useOpenedSitting(slug, sitting, onNotice);
  useDocumentTitle(sitting.attempt.delivery.title);

  // The exam is the whole page: no rubber band behind it on touch screens.
  useEffect(() => {
    document.documentElement.style.setProperty("overscroll-behavior", "none");
    return () => {
      document.documentElement.style.removeProperty("overscroll-behavior");
    };
  }, []);

  if (!opened) return <LoadingPage />;
  return (
    <SittingContext value={opened}>
      <SittingScreen notices={notices} onDismiss={dismiss} />
    </SittingContext>
  );
}
