import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect } from "react";
import { Navigate, Outlet, useLocation, useMatch } from "react-router";
import { meQuery } from "../api/learner";
import { isProblem } from "../api/problem";
import { Problem } from "../components/Problem";
import classes from "./Alone.module.css";
import { isLocale, speak } from "./i18n";
import { LoadingPage } from "./LoadingPage";

const ErasurePending = lazy(async () => ({ default: (await import("../features/privacy/ErasurePending")).ErasurePending }));

/** Everything below it may count on a signed-in person; the rest are sent to sign in and come back. */
export function RequireSession() {
  const { data: me, error, refetch } = useQuery(meQuery);
  const { pathname, search } = useLocation();
  // A sitting has a token of its own: a session that ends meanwhile must not throw anybody out of an exam.
  const isSitting = useMatch("/a/:slug/attempts/:attempt") !== null && me !== undefined;
  const locale = me?.locale;

  useEffect(() => {
    if (isLocale(locale)) void speak(locale);
  }, [locale]);

  if (!isSitting && isProblem(error, "second_factor_needed")) {
    return <Navigate to={`/second-factor?next=${encodeURIComponent(pathname + search)}`} replace />;
  }
  if (!isSitting && isProblem(error) && (error.status === 401 || error.code === "not_authenticated")) {
    const next = pathname === "/" ? "" : `?next=${encodeURIComponent(pathname + search)}`;
    return <Navigate to={`/sign-in${next}`} replace />;
  }
  if (me?.erasure_due_at && !isSitting) {
    return (
      <Suspense fallback={<LoadingPage />}>
        <ErasurePending dueAt={me.erasure_due_at} />
      </Suspense>
    );
  }
  if (me) return <Outlet />;
  if (error) {
    return (
      <main className={classes.alone}>
        <Problem error={error} onRetry={() => void refetch()} />
      </main>
    );
  }
  return <LoadingPage />;
}
