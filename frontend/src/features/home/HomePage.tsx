import { TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { assignedQuery, meQuery } from "../../api/learner";
import { useAcademy, usePower } from "../../app/academy";
import { ButtonLink } from "../../components/ButtonLink";
import { DataList } from "../../components/DataList";
import { EmptyState } from "../../components/EmptyState";
import { Icon } from "../../components/Icon";
import { PageTitle } from "../../components/PageTitle";
import { DayAwaited } from "./DayAwaited";
import { ExamCard } from "./ExamCard";
import { groupsOf } from "./groups";
import classes from "./Home.module.css";

const OnboardingCard = lazy(async () => ({ default: (await import("../onboarding/OnboardingCard")).OnboardingCard }));

const LearnersDay = lazy(async () => ({ default: (await import("./LearnersDay")).LearnersDay }));

/** Fewer exams than this are found by looking. */
const SEARCH_FROM = 7;

export function HomePage() {
  const { t } = useTranslation();
  const { slug, name } = useAcademy();
  const maySit = usePower("sit_exams");
  const mayManage = usePower("manage_deliveries");
  const { data: me } = useQuery({ ...meQuery, enabled: false });
  const assigned = useQuery({ ...assignedQuery(slug), enabled: maySit });
  const { error, refetch } = assigned;
  // To those who sit no exams the server would refuse the list.
  const data = maySit ? assigned.data : [];
  const [params, setParams] = useSearchParams();
  const search = params.get("search") ?? "";
  const [isDayShown, setDayShown] = useState(!maySit);
  const showDay = useCallback(() => setDayShown(true), []);
  const firstName = me?.name.split(" ")[0];
  const groups = groupsOf(data ?? [], search);
  const running = groups.filter((group) => group.state === "in_progress");

  return (
    <>
      <PageTitle title={firstName ? t("home.title_name", { name: firstName }) : t("home.title")} place={name} lead={data ? summary() : undefined} />
      {(data?.length ?? 0) >= SEARCH_FROM ? (
        <TextInput
          className={classes.search}
          type="search"
          label={t("home.search")}
          leftSection={<Icon name="search" size={16} />}
          value={search}
          onChange={(event) => setParams(event.currentTarget.value ? { search: event.currentTarget.value } : {}, { replace: true })}
        />
      ) : null}
      <div className={classes.columns} data-single={!maySit || undefined}>
        {running.length > 0 ? (
          <div className={classes.exams}>
            <Groups groups={running} />
          </div>
        ) : null}
        {maySit ? (
          <Suspense fallback={<DayAwaited />}>
            <LearnersDay onShown={showDay} />
          </Suspense>
        ) : null}
        <div className={classes.exams}>
          <DataList
            rows={data}
            error={error}
            onRetry={() => void refetch()}
            rowHeight={150}
            skeletonRows={3}
            empty={
              <EmptyState
                title={t("home.empty")}
                action={mayManage ? <ButtonLink to={`/a/${slug}/manage`}>{t("home.go_deliveries")}</ButtonLink> : null}
              >
                {mayManage ? t("home.empty_staff") : t("home.empty_words", { academy: name })}
              </EmptyState>
            }
          >
            {() =>
              groups.length > 0 ? (
                <Groups groups={groups.filter((group) => !running.includes(group))} />
              ) : (
                <EmptyState title={t("home.nothing_found", { search })} />
              )
            }
          </DataList>
        </div>
      </div>
      {/* It stands below all of that, and comes when nothing above it moves any more. */}
      {isDayShown && (data || error) ? (
        <Suspense fallback={null}>
          <OnboardingCard />
        </Suspense>
      ) : null}
    </>
  );

  function summary(): string | undefined {
    const begun = data?.filter((each) => each.state === "in_progress").length ?? 0;
    const open = data?.filter((each) => each.state === "open").length ?? 0;
    if (begun > 0) return t("home.summary_running", { count: begun });
    return open > 0 ? t("home.summary_open", { count: open }) : undefined;
  }
}

function Groups({ groups }: { groups: ReturnType<typeof groupsOf> }) {
  const { t } = useTranslation();
  return groups.map(({ state, exams }) => (
    <section key={state} className={classes.group} aria-labelledby={`group-${state}`}>
      <h2 id={`group-${state}`}>{t(`home.group.${state}`)}</h2>
      <ul className={classes.cards}>
        {exams.map((exam) => (
          <li key={exam.id}>
            <ExamCard exam={exam} />
          </li>
        ))}
      </ul>
    </section>
  ));
}
