import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import i18next from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { factorsQuery, renewRecoveryCodes } from "../../api/factors";
import { meQuery } from "../../api/learner";
import { sessionQuery } from "../../api/session";
import type { Factors } from "../../api/types";
import { SkeletonRows } from "../../components/DataList";
import { PageTitle } from "../../components/PageTitle";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { ChangePassword } from "../account/ChangePassword";
import { Notice } from "../manage/parts/Notice";
import { AddAuthenticatorDialog } from "./AddAuthenticatorDialog";
import { AddPasskeyDialog } from "./AddPasskeyDialog";
import { FactorList } from "./FactorList";
import { arePasskeysKnown } from "./passkeys";
import { RecoveryCodesDialog } from "./RecoveryCodesDialog";
import { Refusal } from "./Refusal";
import classes from "./security.module.css";

await i18next.loadNamespaces("security");

/** One's own second factors, and the password. */
export function SecurityPage() {
  const { t } = useTranslation("security");
  const [search] = useSearchParams();
  const factors = useQuery(factorsQuery);
  return (
    <>
      <PageTitle title={t("title")} lead={t("lead")} />
      <div className={classes.parts}>
        {search.has("required") && factors.data && !hasFactor(factors.data) ? (
          <Notice title={t("required.title")}>{t("required.words")}</Notice>
        ) : null}
        {factors.data ? <Panels factors={factors.data} /> : null}
        {factors.error ? <Problem error={factors.error} onRetry={() => void factors.refetch()} /> : null}
        {factors.isPending ? <SkeletonRows rows={3} height={120} /> : null}
        <OwnPassword />
      </div>
    </>
  );
}

function OwnPassword() {
  const { data: me } = useQuery({ ...meQuery, enabled: false });
  return me ? <ChangePassword about={[me.name, me.email]} /> : null;
}

function hasFactor({ authenticators, passkeys }: Factors): boolean {
  return authenticators.length + passkeys.length > 0;
}

type Opened = "authenticator" | "passkey" | null;

function Panels({ factors }: { factors: Factors }) {
  const { t } = useTranslation("security");
  const client = useQueryClient();
  const [opened, setOpened] = useState<Opened>(null);
  const [codes, setCodes] = useState<string[]>([]);

  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: factorsQuery.queryKey }),
      client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
    ]);
  const renewing = useMutation({
    mutationFn: renewRecoveryCodes,
    onSuccess: async (made) => {
      setCodes(made.recovery_codes);
      await refresh();
    },
  });

  function enrolled(made: string[]) {
    setOpened(null);
    setCodes(made);
    void refresh();
  }

  const passkeyWords = !factors.are_passkeys_possible ? "impossible" : arePasskeysKnown() ? "words" : "unknown";
  return (
    <>
      <Panel title={t("authenticator.title")}>
        <p className={classes.words}>{t("authenticator.words")}</p>
        <FactorList kind="authenticators" factors={factors.authenticators} onChange={refresh} />
        <Button variant={hasFactor(factors) ? "default" : "filled"} onClick={() => setOpened("authenticator")}>
          {t("authenticator.add")}
        </Button>
      </Panel>
      <Panel title={t("passkey.title")}>
        <p className={classes.words}>{t(`passkey.${passkeyWords}`)}</p>
        <FactorList kind="passkeys" factors={factors.passkeys} onChange={refresh} />
        {passkeyWords === "words" ? (
          <Button variant="default" onClick={() => setOpened("passkey")}>
            {t("passkey.add")}
          </Button>
        ) : null}
      </Panel>
      {hasFactor(factors) ? (
        <Panel title={t("recovery.title")}>
          <p className={classes.words}>{t("recovery.words")}</p>
          <p className={classes.left}>{t("recovery.left", { count: factors.recovery_codes_left })}</p>
          <Refusal error={renewing.error} />
          <Button variant="default" loading={renewing.isPending} onClick={() => renewing.mutate()}>
            {t("recovery.renew")}
          </Button>
        </Panel>
      ) : null}
      <AddAuthenticatorDialog isOpen={opened === "authenticator"} onClose={() => setOpened(null)} onEnrolled={enrolled} />
      <AddPasskeyDialog isOpen={opened === "passkey"} onClose={() => setOpened(null)} onEnrolled={enrolled} />
      <RecoveryCodesDialog codes={codes} onClose={() => setCodes([])} />
    </>
  );
}
