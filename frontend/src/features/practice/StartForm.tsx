import { Button, NativeSelect } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { startPractice, type Difficulty, type Only, type PracticeBank, type PracticeChoice, type PracticeMode } from "../../api/practice";
import { isProblem } from "../../api/problem";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { Choices } from "../manage/parts/Choices";
import { ChipSet, type Chip } from "./ChipSet";
import classes from "./Practice.module.css";

const COUNTS = [5, 10, 20, 40, 60, 100];
const SECONDS_A_QUESTION = 90;
const ONLY: Only[] = ["not_seen", "wrong", "bookmarked", "due"];

interface Filters {
  domains: string[];
  skills: string[];
  difficulties: Difficulty[];
  only: Only | "";
}

const NOTHING: Filters = { domains: [], skills: [], difficulties: [], only: "" };

/** Bank, mode, filters and length of a new session. The bank stands in the address, so that pages may lead to it. */
export function StartForm({ banks }: { banks: PracticeBank[] }) {
  const { t } = useTranslation("practice");
  const { duration } = useFormats();
  const { slug } = useAcademy();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const [mode, setMode] = useState<PracticeMode>("study");
  const [filters, setFilters] = useState<Filters>(NOTHING);
  const [count, setCount] = useState(10);
  const intention = useRef<{ choice: string; key: string } | null>(null);
  const bank = banks.find((each) => each.id === params.get("bank")) ?? banks[0];
  const start = useMutation({
    mutationFn: (choice: PracticeChoice) => startPractice(slug, choice, keyOf(choice)),
    onSuccess: ({ session }) => navigate(`/a/${slug}/practice/${session.id}`),
  });
  if (!bank) return null;

  /** A second try of the same is the same intention, so that a lost answer starts no second session. */
  function keyOf(choice: PracticeChoice): string {
    const text = JSON.stringify(choice);
    if (intention.current?.choice !== text) intention.current = { choice: text, key: crypto.randomUUID() };
    return intention.current.key;
  }

  const change = (part: Partial<Filters>) => {
    start.reset();
    setFilters({ ...filters, ...part });
  };

  function submit(event: FormEvent) {
    event.preventDefault();
    if (bank) start.mutate({ mode, bank: bank.id, ...filters, only: filters.only || null, count });
  }

  const chosen = filters.domains.length > 0 ? bank.domains.filter((domain) => filters.domains.includes(domain.id)) : bank.domains;
  const sum = (of: (part: PracticeBank["domains"][number]) => number) => chosen.reduce((all, part) => all + of(part), 0);
  const onlyCounts: Record<Only | "", number> = {
    "": sum((part) => part.items),
    not_seen: sum((part) => part.items - part.seen),
    wrong: sum((part) => part.wrong),
    bookmarked: sum((part) => part.bookmarked),
    due: sum((part) => part.due),
  };
  const skills = filters.domains.length > 0 ? chosen.flatMap((domain) => domain.skills) : [];
  const chip = (part: { id: string; code: string; title: string; items: number }): Chip<string> => ({
    value: part.id,
    label: `${part.code} ${part.title}`,
    count: part.items,
  });

  return (
    <Panel title={t("form.title")}>
      <form className={classes.form} onSubmit={submit}>
        {banks.length > 1 ? (
          <NativeSelect
            label={t("form.bank")}
            value={bank.id}
            onChange={(event) => {
              setFilters(NOTHING);
              start.reset();
              setParams({ bank: event.currentTarget.value }, { replace: true, preventScrollReset: true });
            }}
          >
            {banks.map((each) => (
              <option key={each.id} value={each.id}>
                {t("form.bank_of", { title: each.title, count: each.items })}
              </option>
            ))}
          </NativeSelect>
        ) : (
          <p className={classes.bank}>{t("form.bank_of", { title: bank.title, count: bank.items })}</p>
        )}
        <Choices
          legend={t("form.mode")}
          name="mode"
          layout="cards"
          value={mode}
          onChange={setMode}
          choices={[
            { value: "study", label: t("mode.study"), words: t("form.study_words") },
            { value: "practice", label: t("mode.practice"), words: t("form.practice_words") },
          ]}
        />
        <ChipSet
          legend={t("form.only")}
          chips={(["", ...ONLY] as const).map((value) => ({ value, label: t(`only.${value || "all"}`), count: onlyCounts[value] }))}
          chosen={[filters.only]}
          onChange={([only = ""]) => change({ only })}
          isSingle
        />
        <ChipSet
          legend={t("form.domains")}
          chips={bank.domains.map(chip)}
          chosen={filters.domains}
          onChange={(domains) => change({ domains, skills: [] })}
        />
        {skills.length > 0 ? (
          <ChipSet legend={t("form.skills")} chips={skills.map(chip)} chosen={filters.skills} onChange={(all) => change({ skills: all })} />
        ) : null}
        <ChipSet
          legend={t("form.difficulties")}
          chips={bank.difficulties.map(({ difficulty, items }) => ({ value: difficulty, label: t(`difficulty.${difficulty}`), count: items }))}
          chosen={filters.difficulties}
          onChange={(difficulties) => change({ difficulties })}
        />
        <div className={classes.start}>
          <NativeSelect label={t("form.count")} value={count} onChange={(event) => setCount(Number(event.currentTarget.value))}>
            {COUNTS.map((each) => (
              <option key={each} value={each}>
                {mode === "practice" ? t("form.count_timed", { count: each, time: duration(each * SECONDS_A_QUESTION) }) : t("form.count_of", { count: each })}
              </option>
            ))}
          </NativeSelect>
          <Button type="submit" loading={start.isPending}>
            {mode === "study" ? t("form.start_study") : t("start_quiz")}
          </Button>
        </div>
        {isProblem(start.error, "nothing_to_practise") ? (
          <Loosen detail={start.error.message} names={start.error.members.loosen as (keyof Filters)[]} onLoosen={(name) => change({ [name]: NOTHING[name] })} />
        ) : start.error ? (
          <Problem error={start.error} heading={t("form.not_started")} />
        ) : null}
      </form>
    </Panel>
  );
}

/** Why nothing fits, with the filters that would help to leave out. */
function Loosen({ detail, names, onLoosen }: { detail: string; names: (keyof Filters)[]; onLoosen: (name: keyof Filters) => void }) {
  const { t } = useTranslation("practice");
  return (
    <div className={classes.loosen} role="alert">
      <p>{detail}</p>
      <div className={classes.actions}>
        {names.map((name) => (
          <Button key={name} variant="default" size="xs" onClick={() => onLoosen(name)}>
            {t(`loosen.${name}`)}
          </Button>
        ))}
      </div>
    </div>
  );
}
