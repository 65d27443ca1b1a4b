import { NativeSelect, Switch } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { boardPreferenceQuery, boardsKey, changeBoardPreference } from "../../api/boards";
import type { BoardPreference } from "../../api/types";
import { useAcademy } from "../../app/academy";
import { useAnnounce } from "../../components/Announcer";
import { SkeletonRows } from "../../components/DataList";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import classes from "./boards.module.css";

const NAMES: BoardPreference["name_shown"][] = ["name", "initials"];

/** Whether and by what name the learner stands on boards; it holds at once, so there is nothing to save. */
export function Preference() {
  const { t } = useTranslation("boards");
  const { slug } = useAcademy();
  const announce = useAnnounce();
  const client = useQueryClient();
  const { data: saved, error, refetch } = useQuery(boardPreferenceQuery(slug));
  const changing = useMutation({
    mutationFn: (changes: Partial<BoardPreference>) => changeBoardPreference(slug, changes),
    onSuccess: async (changed) => {
      client.setQueryData(boardPreferenceQuery(slug).queryKey, changed);
      announce(t("preference.saved"));
      await client.invalidateQueries({ queryKey: boardsKey(slug) });
    },
  });
  // What is on its way already shows.
  const shown = saved && changing.isPending ? { ...saved, ...changing.variables } : saved;
  return (
    <Panel title={t("preference.title")}>
      {error ? <Problem error={error} onRetry={() => void refetch()} /> : null}
      {shown === undefined && !error ? <SkeletonRows rows={2} height={48} /> : null}
      {shown ? (
        <div className={classes.preference}>
          <Switch
            label={t("preference.show")}
            description={t("preference.show_words")}
            checked={!shown.is_hidden}
            onChange={(event) => changing.mutate({ is_hidden: !event.currentTarget.checked })}
          />
          {shown.is_hidden ? null : (
            <NativeSelect
              className={classes.names}
              label={t("preference.name_shown")}
              value={shown.name_shown}
              data={NAMES.map((value) => ({ value, label: t(`preference.${value}`) }))}
              onChange={(event) => changing.mutate({ name_shown: event.currentTarget.value as BoardPreference["name_shown"] })}
            />
          )}
          {changing.error ? <Problem error={changing.error} heading={t("preference.not_saved")} /> : null}
        </div>
      ) : null}
    </Panel>
  );
}
