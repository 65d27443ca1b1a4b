import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { deliveryQuery, releaseResults } from "../../../api/manage";
import { useAcademy, usePower } from "../../../app/academy";
import { useFormats } from "../../../app/formats";
import { useAnnounce } from "../../../components/Announcer";
import { Dialog } from "../../../components/Dialog";
import { Problem } from "../../../components/Problem";
import { Tag } from "../../../components/Tag";
import { useDelivery } from "../delivery/useDelivery";

/** Only where the policy waits for it; afterwards it says when it was done. */
export function ReleaseControl() {
  const { t } = useTranslation("manage");
  const { slug } = useAcademy();
  const delivery = useDelivery();
  const mayRelease = usePower("manage_deliveries");
  const { dateTime } = useFormats();
  const client = useQueryClient();
  const announce = useAnnounce();
  const [isAsking, setAsking] = useState(false);
  const releasing = useMutation({
    mutationFn: () => releaseResults(slug, delivery.id),
    onSuccess: (released) => {
      const { queryKey } = deliveryQuery(slug, delivery.id);
      client.setQueryData(queryKey, released);
      void client.invalidateQueries({ queryKey: [...queryKey, "attempts"] });
      announce(t("release.done"));
      setAsking(false);
    },
  });
  if (delivery.review_when !== "on_release" || delivery.review_what === "nothing") return null;
  if (delivery.released_at) {
    return (
      <Tag tone="good" icon="check">
        {t("release.since", { when: dateTime(delivery.released_at) })}
      </Tag>
    );
  }
  if (!mayRelease) return null;
  const { marked, in_progress: sitting, submitted } = delivery.counts;
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t("release.action")}</Button>
      <Dialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t("release.title")}
        footer={
          <>
            <Button variant="default" onClick={() => setAsking(false)}>
              {t("action.cancel")}
            </Button>
            <Button loading={releasing.isPending} onClick={() => releasing.mutate()}>
              {t("release.action")}
            </Button>
          </>
        }
      >
        <p>{t(`release.what.${delivery.review_what}`, { count: marked })}</p>
        {sitting + submitted > 0 ? <p>{t("release.later", { count: sitting + submitted })}</p> : null}
        <p>{t("release.final")}</p>
        {releasing.error ? <Problem error={releasing.error} heading={t("release.failed")} /> : null}
      </Dialog>
    </>
  );
}
