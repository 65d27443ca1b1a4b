import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { refreshMotivation, repairStreak, type Streak, type StreakDay } from "../../api/motivation";
import { useAcademy } from "../../app/academy";
import { useAnnounce } from "../../components/Announcer";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { usePlainDate } from "./plainDate";
import { weeksOf } from "./weeks";
import classes from "./motivation.module.css";

/** A mark for each state, so that nothing is told by colour alone. */
const MARKS: Record<StreakDay["state"], string> = { active: "✓", frozen: "❄", repaired: "↻", missed: "✕", open: "" };

export function StreakPanel({ streak }: { streak: Streak }) {
  const { t } = useTranslation("motivation");
  return (
    <div id="streak">
      <Panel title={t("streak.length", { count: streak.length })}>
        <p>
          {streak.is_today_done
            ? t("streak.today_done")
            : t("streak.today_left", { count: streak.answers_needed - streak.answers_today })}
        </p>
        <p className={classes.detail}>
          {t("streak.longest", { count: streak.longest })} · {t("streak.freezes", { count: streak.freezes })}
        </p>
        {streak.repair ? <Repair repair={streak.repair} /> : null}
        <Calendar streak={streak} />
        <p className={classes.detail}>{t("streak.rules", { answers: streak.answers_needed, most: streak.most_freezes })}</p>
      </Panel>
    </div>
  );
}

function Repair({ repair }: { repair: NonNullable<Streak["repair"]> }) {
  const { t } = useTranslation("motivation");
  const { slug } = useAcademy();
  const plainDate = usePlainDate();
  const client = useQueryClient();
  const announce = useAnnounce();
  const repairing = useMutation({
    mutationFn: () => repairStreak(slug),
    onSuccess: async (after) => {
      await refreshMotivation(client, slug);
      announce(t("repair.done", { count: after.length }));
    },
  });
  return (
    <div className={classes.note}>
      <p>{t("repair.words", { date: plainDate(repair.date), count: repair.length, answers: repair.answers_needed })}</p>
      {repair.is_earned ? (
        <Button loading={repairing.isPending} onClick={() => repairing.mutate()}>
          {t("repair.do")}
        </Button>
      ) : null}
      {repairing.error ? <Problem error={repairing.error} heading={t("repair.failed")} /> : null}
    </div>
  );
}

/** The last five weeks, a week in a row, from Monday. */
function Calendar({ streak }: { streak: Streak }) {
  const { t } = useTranslation("motivation");
  const plainDate = usePlainDate();
  const weeks = weeksOf(streak.days);
  const names = weeks[1] ?? [];
  return (
    <table className={classes.calendar}>
      <caption className="visually-hidden">{t("streak.calendar")}</caption>
      <thead>
        <tr>
          {names.map((day) => (
            <th key={day?.date} scope="col" abbr={day ? plainDate(day.date, { weekday: "long" }) : ""}>
              {day ? plainDate(day.date, { weekday: "narrow" }) : ""}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week.find((day) => day)?.date}>
            {week.map((day, at) =>
              day ? (
                <td key={day.date} data-state={day.state} data-today={day.date === streak.today || undefined}>
                  <span aria-hidden="true">{MARKS[day.state] || Number(day.date.slice(8))}</span>
                  <span className="visually-hidden">
                    {t("streak.day", {
                      date: plainDate(day.date),
                      state: t(`streak.state.${day.state}`),
                      count: day.answers,
                    })}
                  </span>
                </td>
              ) : (
                // oxlint-disable-next-line react/no-array-index-key -- an empty place has nothing else
                <td key={at} data-state="none">
                  {"\u00a0"}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
