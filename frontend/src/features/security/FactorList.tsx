import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { removeFactor, renameFactor, type FactorKind } from "../../api/factors";
import type { Factor } from "../../api/types";
import { useFormats } from "../../app/formats";
import { useAnnounce } from "../../components/Announcer";
import { Dialog } from "../../components/Dialog";
import { NameForm } from "./NameForm";
import { Refusal } from "./Refusal";
import classes from "./security.module.css";

interface FactorListProps {
  kind: FactorKind;
  factors: Factor[];
  onChange: () => Promise<unknown>;
}

/** The factors of one kind, each with its name and what can be done with it. */
export function FactorList({ kind, factors, onChange }: FactorListProps) {
  const { t } = useTranslation("security");
  const { dateTime } = useFormats();
  const [renamed, setRenamed] = useState<Factor | null>(null);
  const [removed, setRemoved] = useState<Factor | null>(null);
  return (
    <>
      {factors.length > 0 ? (
        <ul className={classes.factors}>
          {factors.map((factor) => (
            <li key={factor.id}>
              <div>
                <strong>{factor.name}</strong>
                <p className={classes.words}>
                  {factor.last_used_at
                    ? t("factor.used", { at: dateTime(factor.last_used_at) })
                    : t("factor.added", { at: dateTime(factor.created_at) })}
                </p>
              </div>
              <div className={classes.buttons}>
                <Button variant="default" size="xs" aria-label={t("rename.of", { name: factor.name })} onClick={() => setRenamed(factor)}>
                  {t("rename.button")}
                </Button>
                <Button variant="default" size="xs" aria-label={t("remove.of", { name: factor.name })} onClick={() => setRemoved(factor)}>
                  {t("remove.button")}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      ) : null}
      <Dialog isOpen={renamed !== null} onClose={() => setRenamed(null)} title={t("rename.title")}>
        {renamed ? <Rename kind={kind} factor={renamed} onChange={onChange} onClose={() => setRenamed(null)} /> : null}
      </Dialog>
      <Dialog isOpen={removed !== null} onClose={() => setRemoved(null)} title={t("remove.title", { name: removed?.name ?? "" })}>
        {removed ? <Remove kind={kind} factor={removed} onChange={onChange} onClose={() => setRemoved(null)} /> : null}
      </Dialog>
    </>
  );
}

type OneProps = Omit<FactorListProps, "factors"> & { factor: Factor; onClose: () => void };

function Rename({ kind, factor, onChange, onClose }: OneProps) {
  const { t } = useTranslation("security");
  const renaming = useMutation({
    mutationFn: (name: string) => renameFactor(kind, factor.id, name),
    onSuccess: async () => {
      await onChange();
      onClose();
    },
  });
  return (
    <NameForm
      first={factor.name}
      button={t("rename.save")}
      isPending={renaming.isPending}
      error={renaming.error}
      onName={renaming.mutate}
    />
  );
}

function Remove({ kind, factor, onChange, onClose }: OneProps) {
  const { t } = useTranslation("security");
  const announce = useAnnounce();
  const removing = useMutation({
    mutationFn: () => removeFactor(kind, factor.id),
    onSuccess: async () => {
      announce(t("remove.done", { name: factor.name }));
      await onChange();
      onClose();
    },
  });
  return (
    <div className={classes.form}>
      <p>{t("remove.words")}</p>
      <Refusal error={removing.error} />
      <div className={classes.buttons}>
        <Button variant="default" onClick={onClose}>
          {t("remove.keep")}
        </Button>
        <Button loading={removing.isPending} onClick={() => removing.mutate()}>
          {t("remove.button")}
        </Button>
      </div>
    </div>
  );
}
