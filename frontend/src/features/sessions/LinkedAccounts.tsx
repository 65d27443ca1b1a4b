import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";
import { isProblem } from "../../api/problem";
import {
  linkAccount,
  linkedAccountsQuery,
  providersQuery,
  unlinkAccount,
  type LinkedAccount,
  type Provider,
} from "../../api/sessions";
import { useAnnounce } from "../../components/Announcer";
import { DataList } from "../../components/DataList";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { PROVIDER_NAMES } from "../session/ProviderButtons";
import classes from "./SessionsPage.module.css";

/** Every provider that is offered: linked or not, and the way to change that. */
export function LinkedAccounts() {
  const { t } = useTranslation("sessions");
  const providers = useQuery(providersQuery);
  const linked = useQuery(linkedAccountsQuery);
  const error = providers.error ?? linked.error;
  return (
    <Panel title={t("linked.title")}>
      <p className={classes.detail}>{t("linked.words")}</p>
      <DataList
        rows={linked.data ? providers.data : undefined}
        error={error}
        onRetry={() => void Promise.all([providers.refetch(), linked.refetch()])}
        skeletonRows={2}
        empty={<p className={classes.after}>{t("linked.none")}</p>}
      >
        {(rows) => (
          <ul className={classes.rows}>
            {rows.map((provider) => (
              <ProviderRow
                key={provider.id}
                provider={provider}
                account={linked.data?.find((each) => each.provider.id === provider.id)}
              />
            ))}
          </ul>
        )}
      </DataList>
    </Panel>
  );
}

function ProviderRow({ provider, account }: { provider: Provider; account: LinkedAccount | undefined }) {
  const { t } = useTranslation("sessions");
  const { pathname } = useLocation();
  const announce = useAnnounce();
  const client = useQueryClient();
  const name = PROVIDER_NAMES[provider.id] ?? provider.name;
  const linking = useMutation({ mutationFn: () => linkAccount(provider.id, pathname) });
  const unlinking = useMutation({
    mutationFn: unlinkAccount,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: linkedAccountsQuery.queryKey });
      announce(t("linked.unlinked", { provider: name }));
    },
  });
  const isLastWay = isProblem(unlinking.error) && unlinking.error.fields.some((each) => each.code === "no_password");
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <span className={classes.name}>{name}</span>
        <span className={classes.detail}>
          {account ? t("linked.as", { name: account.display }) : t("linked.not_linked")}
        </span>
      </div>
      {account ? (
        <Button variant="default" size="compact-sm" loading={unlinking.isPending} onClick={() => unlinking.mutate(account)}>
          {t("linked.unlink", { provider: name })}
        </Button>
      ) : (
        <Button variant="default" size="compact-sm" loading={linking.isPending} onClick={() => linking.mutate()}>
          {t("linked.link", { provider: name })}
        </Button>
      )}
      {isLastWay ? <p role="alert">{t("linked.last_way")}</p> : null}
      {unlinking.error && !isLastWay ? <Problem error={unlinking.error} heading={t("linked.not_unlinked")} /> : null}
      {linking.error ? <Problem error={linking.error} heading={t("provider.failed_link")} /> : null}
    </li>
  );
}
