import { NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { blueprintsQuery, formsQuery } from "../../../api/manage";
import type { BlueprintOut, FormChoice } from "../../../api/manageTypes";
import { useAcademy } from "../../../app/academy";
import { useFormats } from "../../../app/formats";
import { DataList } from "../../../components/DataList";
import { EmptyState } from "../../../components/EmptyState";
import { Panel } from "../../../components/Panel";
import { Choices } from "../parts/Choices";
import type { ExamChoiceDraft } from "./draft";
import classes from "./form.module.css";

export const CHOICE_FIELDS = ["blueprint", "form", "seed"] as const;

interface ExamChoiceProps {
  choice: ExamChoiceDraft;
  /** The second tells what was chosen, where it is known. */
  change: (changes: Partial<ExamChoiceDraft>, chosen?: BlueprintOut | FormChoice) => void;
  errorOf: (field: string) => string | undefined;
}

export function ExamChoice({ choice, change, errorOf }: ExamChoiceProps) {
  const { t } = useTranslation("manage");
  return (
    <Panel title={t("exam.title")} className={classes.panel}>
      <Choices
        legend={t("exam.source")}
        isLegendHidden
        name="source"
        value={choice.source}
        choices={[
          { value: "blueprint", label: t("exam.from_blueprint"), words: t("exam.from_blueprint_words") },
          { value: "form", label: t("exam.from_form"), words: t("exam.from_form_words") },
        ]}
        onChange={(source) => change({ source })}
      />
      {choice.source === "blueprint" ? (
        <BlueprintChoice choice={choice} change={change} errorOf={errorOf} />
      ) : (
        <FormSelect choice={choice} change={change} errorOf={errorOf} />
      )}
    </Panel>
  );
}

function BlueprintChoice({ choice, change, errorOf }: ExamChoiceProps) {
  const { t } = useTranslation("manage");
  const { slug } = useAcademy();
  const { duration } = useFormats();
  const blueprints = useQuery(blueprintsQuery(slug));
  const chosen = blueprints.data?.find((each) => each.id === choice.blueprint);
  const summary = (blueprint: BlueprintOut) => {
    const limit = blueprint.time_limit_seconds;
    return [
      t("count.items", { count: blueprint.item_count }),
      t("count.sections", { count: blueprint.sections.length }),
      limit === null ? t("exam.no_limit") : duration(limit),
    ].join(" · ");
  };
  return (
    <DataList
      rows={blueprints.data}
      error={blueprints.error}
      onRetry={() => void blueprints.refetch()}
      rowHeight={88}
      skeletonRows={2}
      empty={<EmptyState title={t("exam.no_blueprints")}>{t("exam.no_blueprints_words")}</EmptyState>}
    >
      {(rows) => (
        <>
          <Choices
            legend={t("exam.blueprint")}
            name="blueprint"
            layout="cards"
            value={choice.blueprint}
            error={errorOf("blueprint")}
            choices={rows.map((blueprint) => ({
              value: blueprint.id,
              label: blueprint.title,
              words: [summary(blueprint), blueprint.description].filter(Boolean).join(". "),
            }))}
            onChange={(blueprint) => change({ blueprint }, rows.find((each) => each.id === blueprint))}
          />
          {chosen ? <BlueprintContents blueprint={chosen} /> : null}
          <details className={classes.advanced} open={errorOf("seed") ? true : undefined}>
            <summary>{t("exam.advanced")}</summary>
            <TextInput
              className={classes.number}
              label={t("exam.seed")}
              description={t("exam.seed_words")}
              inputMode="numeric"
              value={choice.seed}
              error={errorOf("seed")}
              onChange={(event) => change({ seed: event.currentTarget.value })}
            />
          </details>
        </>
      )}
    </DataList>
  );
}

function BlueprintContents({ blueprint }: { blueprint: BlueprintOut }) {
  const { t } = useTranslation("manage");
  const { duration, number } = useFormats();
  const hasLimits = blueprint.sections.some((section) => section.time_limit_seconds !== null);
  return (
    <div className={classes.contents}>
      <table>
        <caption>{t("exam.domains")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("exam.domain")}</th>
            <th scope="col">{t("exam.items")}</th>
          </tr>
        </thead>
        <tbody>
          {blueprint.domains.map((domain) => (
            <tr key={domain.code}>
              <th scope="row">{domain.title}</th>
              <td>{number(domain.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table>
        <caption>{t("exam.sections")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("exam.section")}</th>
            <th scope="col">{t("exam.items")}</th>
            {hasLimits ? <th scope="col">{t("exam.time")}</th> : null}
          </tr>
        </thead>
        <tbody>
          {blueprint.sections.map((section) => (
            <tr key={section.title}>
              <th scope="row">{section.title}</th>
              <td>{number(section.item_count)}</td>
              {hasLimits ? (
                <td>{section.time_limit_seconds === null ? t("exam.no_own_limit") : duration(section.time_limit_seconds)}</td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function FormSelect({ choice, change, errorOf }: ExamChoiceProps) {
  const { t } = useTranslation("manage");
  const { slug } = useAcademy();
  const forms = useQuery(formsQuery(slug));
  return (
    <DataList
      rows={forms.data}
      error={forms.error}
      onRetry={() => void forms.refetch()}
      skeletonRows={1}
      empty={<EmptyState title={t("exam.no_forms")}>{t("exam.no_forms_words")}</EmptyState>}
    >
      {(rows) => (
        <NativeSelect
          label={t("exam.form")}
          value={choice.form}
          error={errorOf("form")}
          data={[
            { value: "", label: t("exam.form_choose") },
            ...rows.map((form) => ({
              value: form.id,
              label:
                form.item_count === undefined
                  ? form.title
                  : t("exam.form_option", { title: form.title, items: t("count.items", { count: form.item_count }) }),
            })),
          ]}
          onChange={(event) => {
            const id = event.currentTarget.value;
            change({ form: id }, rows.find((each) => each.id === id));
          }}
        />
      )}
    </DataList>
  );
}
