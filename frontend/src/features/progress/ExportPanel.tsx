import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { EXPORTS, fetchProgressFile, type Period, type ProgressFile } from "../../api/insights";
import { useAcademy } from "../../app/academy";
import { useAnnounce } from "../../components/Announcer";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import classes from "./Progress.module.css";

/** Fetched rather than linked to, so that a refusal is said on this page. */
export function ExportPanel({ period }: { period: Period }) {
  const { t } = useTranslation("progress");
  const { slug } = useAcademy();
  const announce = useAnnounce();
  const exporting = useMutation({
    mutationFn: (file: ProgressFile) => fetchProgressFile(slug, file, period),
    onSuccess: ({ name, content }) => {
      const url = URL.createObjectURL(content);
      const link = document.createElement("a");
      link.href = url;
      link.download = name;
      link.click();
      // The browser has taken the file over only when the click has been dealt with.
      window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
      announce(t("export.done", { name }));
    },
  });
  return (
    <Panel title={t("export.title")}>
      <div className={classes.action}>
        {EXPORTS.map((file) => (
          <Button
            key={file}
            variant="default"
            loading={exporting.isPending && exporting.variables === file}
            disabled={exporting.isPending}
            onClick={() => exporting.mutate(file)}
          >
            {t(`export.${file}`)}
          </Button>
        ))}
      </div>
      {exporting.error ? <Problem error={exporting.error} heading={t("export.failed")} /> : null}
    </Panel>
  );
}
