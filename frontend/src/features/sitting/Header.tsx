import { ActionIcon } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "../../components/Icon";
import { SaveState } from "./SaveState";
import { useSaved, useSession } from "./sittingContext";
import { TimerView } from "./TimerView";
import classes from "./Header.module.css";

interface HeaderProps {
  section: number;
  onDisplay: () => void;
  onHelp: () => void;
  onSubmit: () => void;
}

export function Header({ section, onDisplay, onHelp, onSubmit }: HeaderProps) {
  const { t } = useTranslation();
  const { sitting } = useSession();
  const here = sitting.sections.find((each) => each.index === section);
  const tools: { icon: IconName; label: string; run: () => void }[] = [
    { icon: "text", label: t("sitting.display"), run: onDisplay },
    { icon: "help", label: t("sitting.help"), run: onHelp },
  ];
  return (
    <header className={classes.header}>
      <div className={classes.names}>
        <h1 tabIndex={-1}>{sitting.attempt.delivery.title}</h1>
        {here ? (
          <p>
            {sitting.sections.length > 1
              ? t("sitting.section_of", { number: here.index - (sitting.sections[0]?.index ?? 0) + 1, count: sitting.sections.length, title: here.title })
              : here.title}
          </p>
        ) : null}
      </div>
      <TimerView />
      <SaveState saved={useSaved()} />
      <div className={classes.tools}>
        {tools.map((tool) => (
          <ActionIcon key={tool.icon} variant="subtle" color="gray" size="lg" className={classes.quiet} aria-label={tool.label} title={tool.label} onClick={tool.run}>
            <Icon name={tool.icon} size={20} />
          </ActionIcon>
        ))}
        <button type="button" className={classes.submit} onClick={onSubmit}>
          {t("sitting.submit")}
        </button>
      </div>
    </header>
  );
}
