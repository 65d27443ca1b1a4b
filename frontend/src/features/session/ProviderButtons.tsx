import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { goToProvider, providersQuery } from "../../api/sessions";
import { Problem } from "../../components/Problem";
import classes from "./ProviderButtons.module.css";

export const PROVIDER_NAMES: Record<string, string> = { github: "GitHub", google: "Google" };

/** Ways in without a password, as far as they are offered; for signing in and for signing up alike. */
export function ProviderButtons({ next }: { next: string }) {
  const { t } = useTranslation("sessions");
  const providers = useQuery(providersQuery);
  const leaving = useMutation({ mutationFn: (provider: string) => goToProvider(provider, "login", next) });
  if (!providers.data?.length) return null;
  return (
    <div className={classes.providers}>
      <p className={classes.or}>{t("provider.or")}</p>
      {providers.data.map(({ id, name }) => (
        <Button
          key={id}
          variant="default"
          loading={leaving.isPending && leaving.variables === id}
          onClick={() => leaving.mutate(id)}
        >
          {t("provider.continue", { provider: PROVIDER_NAMES[id] ?? name })}
        </Button>
      ))}
      {leaving.error ? <Problem error={leaving.error} heading={t("provider.failed")} /> : null}
    </div>
  );
}
