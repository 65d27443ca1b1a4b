import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import {
  GOAL_KINDS,
  GOAL_PERIODS,
  refreshMotivation,
  setGoals,
  type Goal,
  type GoalIn,
  type GoalKind,
  type GoalPeriod,
} from "../../api/motivation";
import { useAcademy } from "../../app/academy";
import { useAnnounce } from "../../components/Announcer";
import { EmptyState } from "../../components/EmptyState";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { GoalRing } from "./GoalRing";
import classes from "./motivation.module.css";

/** The goals with how far they are, and the way to set, change and drop them. */
export function GoalsPanel({ goals }: { goals: Goal[] }) {
  const { t } = useTranslation("motivation");
  const { slug } = useAcademy();
  const client = useQueryClient();
  const announce = useAnnounce();
  const saving = useMutation({
    mutationFn: (wanted: GoalIn[]) => setGoals(slug, wanted),
    onSuccess: async () => {
      await refreshMotivation(client, slug);
      announce(t("goal.saved"));
    },
  });
  const others = (than: { period: GoalPeriod; kind: GoalKind }): GoalIn[] =>
    goals
      .filter((each) => each.period !== than.period || each.kind !== than.kind)
      .map(({ period, kind, target }) => ({ period, kind, target }));
  return (
    <div id="goals">
      <Panel title={t("goal.title")}>
        {goals.length === 0 ? (
          <EmptyState title={t("goal.none")}>{t("goal.none_words")}</EmptyState>
        ) : (
          <ul className={classes.rows}>
            {goals.map((goal) => (
              <li key={`${goal.period} ${goal.kind}`} className={classes.row}>
                <GoalRing goal={goal} />
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-label={t("goal.drop_of", {
                    kind: t(`goal.kind.${goal.kind}`),
                    period: t(`goal.period.${goal.period}`),
                  })}
                  disabled={saving.isPending}
                  onClick={() => saving.mutate(others(goal))}
                >
                  {t("goal.drop")}
                </Button>
              </li>
            ))}
          </ul>
        )}
        <GoalForm isSaving={saving.isPending} onSet={(goal) => saving.mutate([...others(goal), goal])} />
        {saving.error ? <Problem error={saving.error} heading={t("goal.not_saved")} /> : null}
      </Panel>
    </div>
  );
}

function GoalForm({ isSaving, onSet }: { isSaving: boolean; onSet: (goal: { period: GoalPeriod; kind: GoalKind; target: number }) => void }) {
  const { t } = useTranslation("motivation");
  const [period, setPeriod] = useState<GoalPeriod>("day");
  const [kind, setKind] = useState<GoalKind>("answers");
  const [target, setTarget] = useState("20");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSet({ period, kind, target: Number(target) });
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label={t("goal.target")}
        type="number"
        min={1}
        max={10_000}
        required
        withAsterisk={false}
        value={target}
        onChange={(event) => setTarget(event.currentTarget.value)}
      />
      <NativeSelect
        label={t("goal.of")}
        data={GOAL_KINDS.map((value) => ({ value, label: t(`goal.kind.${value}`) }))}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value as GoalKind)}
      />
      <NativeSelect
        label={t("goal.in")}
        data={GOAL_PERIODS.map((value) => ({ value, label: t(`goal.period.${value}`) }))}
        value={period}
        onChange={(event) => setPeriod(event.currentTarget.value as GoalPeriod)}
      />
      <Button type="submit" loading={isSaving}>
        {t("goal.set")}
      </Button>
    </form>
  );
}
