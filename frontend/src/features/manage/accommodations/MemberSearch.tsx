import { Button, TextInput } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { learnersQuery } from "../../../api/manage";
import type { MemberOut } from "../../../api/manageTypes";
import { useAcademy } from "../../../app/academy";
import { Icon } from "../../../components/Icon";
import { Problem } from "../../../components/Problem";
import classes from "./accommodations.module.css";

interface MemberSearchProps {
  chosen: MemberOut | null;
  onChoose: (member: MemberOut | null) => void;
  error?: string;
}

/** A search field and what it finds as buttons: no list that opens and closes by itself. */
export function MemberSearch({ chosen, onChoose, error }: MemberSearchProps) {
  const { t } = useTranslation("manage");
  const { slug } = useAcademy();
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), 300);
  const field = useRef<HTMLInputElement>(null);
  const other = useRef<HTMLButtonElement>(null);
  const wasChosen = useRef(false);
  const found = useQuery({ ...learnersQuery(slug, search), placeholderData: keepPreviousData, enabled: chosen === null });

  useEffect(() => {
    // What had the focus is gone either way.
    if (wasChosen.current && !chosen) field.current?.focus();
    if (!wasChosen.current && chosen) other.current?.focus();
    wasChosen.current = chosen !== null;
  }, [chosen]);

  if (chosen) {
    return (
      <div className={classes.chosen}>
        <div>
          <span className={classes.label}>{t("accommodation.column.learner")}</span>
          <strong>{chosen.name || chosen.email}</strong>
          <div className={classes.detail}>{chosen.email}</div>
        </div>
        <Button ref={other} size="compact-sm" variant="default" onClick={() => onChoose(null)}>
          {t("accommodation.other_learner")}
        </Button>
      </div>
    );
  }
  const members = found.data?.results ?? [];
  return (
    <div className={classes.finder}>
      <TextInput
        ref={field}
        type="search"
        label={t("accommodation.search")}
        leftSection={<Icon name="search" size={16} />}
        value={text}
        error={error}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          // Enter looks for a learner; it does not send the form.
          if (event.key === "Enter") event.preventDefault();
        }}
      />
      {found.error ? <Problem error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.data && members.length === 0 ? <p className={classes.lead}>{t("accommodation.none_found")}</p> : null}
      {members.length > 0 ? (
        <ul className={classes.results} aria-label={t("accommodation.found")}>
          {members.map((member) => (
            <li key={member.id}>
              <button type="button" className={classes.result} onClick={() => onChoose(member)}>
                <strong>{member.name || member.email}</strong>
                <span className={classes.detail}>{[member.email, ...member.cohorts].join(" · ")}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
