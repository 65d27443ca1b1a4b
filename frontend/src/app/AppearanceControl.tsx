import { useMantineColorScheme, type MantineColorScheme } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "../components/Icon";
import classes from "./AppearanceControl.module.css";

const CHOICES: { value: MantineColorScheme; icon: IconName }[] = [
  { value: "auto", icon: "auto" },
  { value: "light", icon: "sun" },
  { value: "dark", icon: "moon" },
];

/** Follows the device unless the person chose; kept on this device. */
export function AppearanceControl({ isLegendHidden = false }: { isLegendHidden?: boolean }) {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const name = useId();
  const words: Record<MantineColorScheme, string> = {
    auto: t("appearance.auto"),
    light: t("appearance.light"),
    dark: t("appearance.dark"),
  };
  return (
    <fieldset className={classes.set}>
      <legend className={isLegendHidden ? "visually-hidden" : undefined}>{t("appearance.label")}</legend>
      <div className={classes.choices}>
        {CHOICES.map(({ value, icon }) => (
          <label key={value} className={classes.choice}>
            <input
              type="radio"
              name={name}
              value={value}
              checked={colorScheme === value}
              onChange={() => setColorScheme(value)}
            />
            <Icon name={icon} size={16} />
            {words[value]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
