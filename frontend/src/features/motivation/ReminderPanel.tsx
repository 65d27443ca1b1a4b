import { NativeSelect, Switch } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { reminderQuery, setReminder } from "../../api/motivation";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { useAnnounce } from "../../components/Announcer";
import { SkeletonRows } from "../../components/DataList";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import classes from "./motivation.module.css";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** Whether and when a letter reminds of the goal. */
export function ReminderPanel() {
  const { t, i18n } = useTranslation("motivation");
  const { slug } = useAcademy();
  const { timeZone } = useFormats();
  const client = useQueryClient();
  const announce = useAnnounce();
  const { data, error, refetch } = useQuery(reminderQuery(slug));
  const saving = useMutation({
    mutationFn: (wanted: { is_on: boolean; hour: number }) => setReminder(slug, wanted),
    onSuccess: (after) => {
      client.setQueryData(reminderQuery(slug).queryKey, after);
      announce(t("reminder.saved"));
    },
  });
  const clock = new Intl.DateTimeFormat(i18n.language, { hour: "numeric", minute: "2-digit", timeZone: "UTC" });
  return (
    <div id="reminder">
      <Panel title={t("reminder.title")}>
        {data ? (
          <div className={classes.reminder}>
            <p>{t("reminder.words")}</p>
            <Switch
              label={t("reminder.on")}
              checked={data.is_on}
              disabled={saving.isPending}
              onChange={(event) => saving.mutate({ is_on: event.currentTarget.checked, hour: data.hour })}
            />
            <NativeSelect
              label={t("reminder.hour", { zone: timeZone })}
              data={HOURS.map((hour) => ({ value: String(hour), label: clock.format(Date.UTC(2026, 0, 1, hour)) }))}
              value={String(data.hour)}
              disabled={!data.is_on || saving.isPending}
              onChange={(event) => saving.mutate({ is_on: data.is_on, hour: Number(event.currentTarget.value) })}
            />
            {data.is_unwanted ? (
              <p className={classes.detail}>
                {t("reminder.unwanted")} <Link to={`/a/${slug}/settings/profile`}>{t("reminder.profile")}</Link>
              </p>
            ) : null}
            {saving.error ? <Problem error={saving.error} heading={t("reminder.not_saved")} /> : null}
          </div>
        ) : error ? (
          <Problem error={error} onRetry={() => void refetch()} />
        ) : (
          <SkeletonRows rows={2} />
        )}
      </Panel>
    </div>
  );
}
