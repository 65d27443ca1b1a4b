import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { fetchResultsFile } from "../../../api/manage";
import { useAcademy } from "../../../app/academy";
import { useAnnounce } from "../../../components/Announcer";
import { Problem } from "../../../components/Problem";
import { useDelivery } from "../delivery/useDelivery";

/** Fetched rather than linked to, so that a refusal is said on this page. */
export function ExportButton() {
  const { t } = useTranslation("manage");
  const { slug } = useAcademy();
  const delivery = useDelivery();
  const announce = useAnnounce();
  const exporting = useMutation({
    mutationFn: () => fetchResultsFile(slug, delivery.id),
    onSuccess: ({ name, content }) => {
      const url = URL.createObjectURL(content);
      const link = document.createElement("a");
      link.href = url;
      link.download = name;
      link.click();
      // The browser has taken the file over only when the click has been dealt with.
      window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
      announce(t("results.exported", { name }));
    },
  });
  return (
    <>
      <Button variant="default" loading={exporting.isPending} onClick={() => exporting.mutate()}>
        {t("results.export")}
      </Button>
      {exporting.error ? <Problem error={exporting.error} heading={t("results.not_exported")} /> : null}
    </>
  );
}
