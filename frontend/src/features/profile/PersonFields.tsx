import { NativeSelect, TextInput } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MeIn } from "../../api/types";
import { browserTimeZone, makeFormats } from "../../app/formats";
import { isLocale } from "../../app/i18n";
import { LANGUAGE_NAMES } from "../../app/LanguageSelect";

interface PersonFieldsProps {
  draft: Required<MeIn>;
  change: (changes: MeIn) => void;
  errorOf: (field: string) => string | undefined;
}

function timeZones(current: string): string[] {
  const known = Intl.supportedValuesOf("timeZone");
  return [...new Set([...known, "UTC", current, browserTimeZone()])].toSorted();
}

/** Name, language and time zone. */
export function PersonFields({ draft, change, errorOf }: PersonFieldsProps) {
  const { t, i18n } = useTranslation();
  const [openedAt] = useState(() => Date.now());
  const zones = useMemo(() => timeZones(draft.time_zone), [draft.time_zone]);
  const now = makeFormats(i18n.language, draft.time_zone).time(openedAt);
  return (
    <>
      <TextInput
        label={t("profile.name")}
        autoComplete="name"
        value={draft.name}
        error={errorOf("name")}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <NativeSelect
        label={t("language.label")}
        value={draft.locale}
        error={errorOf("locale")}
        data={Object.entries(LANGUAGE_NAMES).map(([value, label]) => ({ value, label }))}
        onChange={(event) => {
          const locale = event.currentTarget.value;
          if (isLocale(locale)) change({ locale });
        }}
      />
      <NativeSelect
        label={t("profile.time_zone")}
        description={t("profile.time_there", { time: now })}
        value={draft.time_zone}
        error={errorOf("time_zone")}
        data={zones}
        onChange={(event) => change({ time_zone: event.currentTarget.value })}
      />
    </>
  );
}
