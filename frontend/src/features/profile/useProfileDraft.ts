import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { profileQuery, updateProfile } from "../../api/person";
import { isProblem } from "../../api/problem";
import type { Profile } from "../../api/types";
import { keepComfort } from "../../app/comfort";
import { comfortOf } from "./comfortOf";

/** The profile with the changes that are not saved yet. What concerns seeing is worn at once. */
export function useProfileDraft() {
  const client = useQueryClient();
  const { data: saved, error, refetch } = useQuery(profileQuery);
  const [changes, setChanges] = useState<Partial<Profile>>({});
  const saving = useMutation({
    mutationFn: (wanted: Partial<Profile>) => updateProfile(wanted),
    onSuccess: (profile) => {
      client.setQueryData(profileQuery.queryKey, profile);
      setChanges({});
    },
  });
  const draft = saved ? { ...saved, ...changes } : undefined;
  const problems = isProblem(saving.error, "validation_error") ? saving.error.fields : [];
  return {
    draft,
    error,
    refetch,
    saving,
    isChanged: Object.keys(changes).length > 0,
    change(more: Partial<Profile>) {
      setChanges((now) => ({ ...now, ...more }));
      if (draft) keepComfort(comfortOf({ ...draft, ...more }));
    },
    save: () => saving.mutateAsync(changes),
    errorOf: (field: string) => problems.find((each) => each.field === field || each.field?.startsWith(`${field}.`))?.detail,
  };
}
