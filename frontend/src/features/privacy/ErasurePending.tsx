import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { cancelErasure } from "../../api/person";
import { useFormats } from "../../app/formats";
import alone from "../../app/Alone.module.css";
import { PageTitle } from "../../components/PageTitle";
import { Problem } from "../../components/Problem";
import { SignOutButton } from "../session/SignOutButton";
import classes from "./ErasurePending.module.css";

await i18next.loadNamespaces("privacy");

/** All that a person who asked to be erased can open until the day has come. */
export function ErasurePending({ dueAt }: { dueAt: string }) {
  const { t } = useTranslation("privacy");
  const { dateTimeZone } = useFormats();
  const client = useQueryClient();
  const cancelling = useMutation({
    mutationFn: cancelErasure,
    onSuccess: () => client.resetQueries({ queryKey: ["me"] }),
  });
  return (
    <main className={alone.alone}>
      <PageTitle title={t("pending.title")} />
      <p>{t("pending.words", { date: dateTimeZone(dueAt) })}</p>
      <p>{t("pending.choice")}</p>
      {cancelling.error ? <Problem error={cancelling.error} heading={t("pending.not_cancelled")} /> : null}
      <div className={classes.actions}>
        <Button loading={cancelling.isPending} onClick={() => cancelling.mutate()}>
          {t("pending.cancel")}
        </Button>
        <SignOutButton />
      </div>
    </main>
  );
}
