import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { deliveryQuery, regrade } from "../../../api/manage";
import type { RegradeOut, RegradePolicy, RegradeScore } from "../../../api/manageTypes";
import { useAcademy } from "../../../app/academy";
import { useFormats } from "../../../app/formats";
import { useAnnounce } from "../../../components/Announcer";
import { Dialog } from "../../../components/Dialog";
import { Problem } from "../../../components/Problem";
import { useDelivery } from "../delivery/useDelivery";
import { Choices } from "../parts/Choices";
import { Notice } from "../parts/Notice";
import { StackedTable, type Column } from "../parts/StackedTable";
import classes from "./results.module.css";

/** First what would change, then the change: what is applied is always what was looked at. */
export function RegradeDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation("manage");
  const { slug } = useAcademy();
  const delivery = useDelivery();
  const client = useQueryClient();
  const announce = useAnnounce();
  const [policy, setPolicy] = useState<RegradePolicy>("never_lower");
  const [key, setKey] = useState(() => crypto.randomUUID());
  const looking = useMutation({
    mutationFn: () => regrade(slug, { delivery: delivery.id, policy, dry_run: true }),
  });
  const applying = useMutation({
    mutationFn: () => regrade(slug, { delivery: delivery.id, policy, dry_run: false }, key),
    onSuccess: (done) => {
      void client.invalidateQueries({ queryKey: deliveryQuery(slug, delivery.id).queryKey });
      announce(t("regrade.done", { count: done.changed.length }));
    },
  });
  const preview = looking.data;
  const startOver = () => {
    looking.reset();
    applying.reset();
    setKey(crypto.randomUUID());
  };
  const close = () => {
    onClose();
    startOver();
    setPolicy("never_lower");
  };

  let footer = (
    <>
      <Button variant="default" onClick={close}>
        {t("action.cancel")}
      </Button>
      <Button loading={looking.isPending} onClick={() => looking.mutate()}>
        {t("regrade.look")}
      </Button>
    </>
  );
  if (applying.data || preview?.changed.length === 0) {
    footer = <Button onClick={close}>{t("action.close")}</Button>;
  } else if (preview) {
    footer = (
      <>
        <Button variant="default" onClick={close}>
          {t("regrade.leave")}
        </Button>
        <Button loading={applying.isPending} onClick={() => applying.mutate()}>
          {t("regrade.apply", { count: preview.changed.length })}
        </Button>
      </>
    );
  }

  return (
    <Dialog isOpen={isOpen} onClose={close} title={t("regrade.title")} width="wide" footer={footer}>
      <div className={classes.regrade}>
        <p>{t("regrade.words")}</p>
        <Choices
          legend={t("regrade.policy")}
          name="policy"
          value={policy}
          isDisabled={looking.isPending || applying.isPending || applying.isSuccess}
          choices={[
            { value: "never_lower", label: t("regrade.never_lower"), words: t("regrade.never_lower_words") },
            { value: "replace", label: t("regrade.replace"), words: t("regrade.replace_words") },
          ]}
          onChange={(chosen) => {
            setPolicy(chosen);
            startOver();
          }}
        />
        {preview ? <Difference preview={preview} isApplied={applying.isSuccess} /> : null}
        {looking.error ? <Problem error={looking.error} /> : null}
        {applying.error ? <Problem error={applying.error} heading={t("regrade.failed")} /> : null}
      </div>
    </Dialog>
  );
}

type Changed = RegradeOut["changed"][number];

function Difference({ preview, isApplied }: { preview: RegradeOut; isApplied: boolean }) {
  const { t } = useTranslation("manage");
  const { number } = useFormats();
  const words = (score: RegradeScore) => {
    const scaled = number(score.scaled);
    if (score.passed === null) return scaled;
    return `${scaled}, ${score.passed ? t("results.passed") : t("results.not_passed")}`;
  };
  const columns: Column<Changed>[] = [
    { key: "learner", label: t("live.column.learner"), render: (row) => row.learner.name },
    { key: "before", label: t("regrade.before"), render: (row) => words(row.before) },
    { key: "after", label: t("regrade.after"), render: (row) => <strong>{words(row.after)}</strong> },
  ];
  const { attempts, changed } = preview;
  if (changed.length === 0) {
    return (
      <Notice isAnswer>
        <p>{t("regrade.nothing", { count: attempts })}</p>
      </Notice>
    );
  }
  return (
    <>
      <Notice isAnswer>
        <p>
          {isApplied
            ? t("regrade.done", { count: changed.length })
            : t("regrade.would", { count: changed.length, attempts: number(attempts) })}
        </p>
      </Notice>
      <StackedTable caption={t("regrade.difference")} columns={columns} rows={changed} rowKey={(row) => row.attempt} />
    </>
  );
}
