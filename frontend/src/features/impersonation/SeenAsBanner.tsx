import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import i18next from "i18next";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { endImpersonation, meQuery } from "../../api/learner";
import { isProblem } from "../../api/problem";
import { leaveToAdmin } from "../../api/seenAs";
import { Icon } from "../../components/Icon";
import { Problem } from "../../components/Problem";
import classes from "./SeenAsBanner.module.css";

await i18next.loadNamespaces("impersonation");

/** Says who sees as whom, and leads back. When the time is over it goes by itself. */
export function SeenAsBanner() {
  const { t, i18n } = useTranslation("impersonation");
  const { data: me } = useQuery(meQuery);
  const until = me?.seen_by?.until;
  const page = `accounts/user/${me?.id}/change/`;
  const ending = useMutation({
    mutationFn: endImpersonation,
    onSuccess: () => leaveToAdmin(page),
    onError: (error) => {
      if (isProblem(error, "no_impersonation")) leaveToAdmin(page);
    },
  });

  useEffect(() => {
    if (!until) return undefined;
    const timer = window.setTimeout(() => leaveToAdmin(), Math.max(0, Date.parse(until) - Date.now()));
    return () => window.clearTimeout(timer);
  }, [until]);

  if (!me?.seen_by) return null;
  const time = new Intl.DateTimeFormat(i18n.language, { timeStyle: "short" }).format(new Date(me.seen_by.until));
  return (
    <section className={classes.banner} aria-label={t("label")}>
      <p className={classes.words}>
        <Icon name="eye" /> {t("words", { staff: me.seen_by.staff, person: me.name || me.email, time })}
      </p>
      <Button size="compact-md" variant="default" loading={ending.isPending} onClick={() => ending.mutate()}>
        {t("end")}
      </Button>
      {ending.error ? <Problem error={ending.error} heading={t("not_ended")} /> : null}
    </section>
  );
}
