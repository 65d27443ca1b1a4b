import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { meQuery, updateMe } from "../../api/learner";
import { isProblem } from "../../api/problem";
import type { Me, MeIn } from "../../api/types";
import { speak } from "../../app/i18n";

/** Name, language and time zone with the changes that are not saved yet. */
export function usePersonDraft(me: Me) {
  const client = useQueryClient();
  const [draft, setDraft] = useState<Required<MeIn>>({ name: me.name, locale: me.locale, time_zone: me.time_zone });
  const saving = useMutation({
    mutationFn: updateMe,
    onSuccess: async (saved) => {
      client.setQueryData(meQuery.queryKey, saved);
      await speak(saved.locale);
    },
  });
  const problems = isProblem(saving.error, "validation_error") ? saving.error.fields : [];
  return {
    draft,
    saving,
    isChanged: draft.name !== me.name || draft.locale !== me.locale || draft.time_zone !== me.time_zone,
    change: (changes: MeIn) => setDraft((now) => ({ ...now, ...changes })),
    save: () => saving.mutateAsync(draft),
    errorOf: (field: string) => problems.find((each) => each.field === field)?.detail,
    /** What cannot stand at a field. */
    rest: saving.error && problems.every((each) => !each.field) ? saving.error : null,
  };
}
