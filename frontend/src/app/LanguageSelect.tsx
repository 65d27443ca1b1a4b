import { NativeSelect } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { meQuery, updateMe } from "../api/learner";
import type { Locale } from "../api/types";
import { Problem } from "../components/Problem";
import { isLocale, speak } from "./i18n";

/** Each language is named in itself, so that it can be found by someone who reads no other. */
export const LANGUAGE_NAMES: Record<Locale, string> = { en: "English", es: "Español" };

/** Changes the page at once and, for a signed-in person, the profile too. */
export function LanguageSelect() {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const isSignedIn = client.getQueryData(meQuery.queryKey) !== undefined;
  const saving = useMutation({
    mutationFn: (locale: Locale) => updateMe({ locale }),
    onSuccess: (me) => client.setQueryData(meQuery.queryKey, me),
  });
  return (
    <div>
      <NativeSelect
        label={t("language.label")}
        value={i18n.language}
        data={Object.entries(LANGUAGE_NAMES).map(([value, label]) => ({ value, label }))}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          if (!isLocale(chosen)) return;
          void speak(chosen);
          if (isSignedIn) saving.mutate(chosen);
        }}
      />
      {saving.error ? <Problem error={saving.error} /> : null}
    </div>
  );
}
