import { Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { AppearanceControl } from "../../app/AppearanceControl";
import { Dialog } from "../../components/Dialog";
import { changeDisplay, useDisplay, type DisplaySettings } from "./displaySettings";
import classes from "./Sheets.module.css";

const SIZES: DisplaySettings["textSize"][] = [1, 2, 3, 4];

export function DisplaySheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const display = useDisplay();
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t("display.title")}>
      <div className={classes.settings}>
        <fieldset className={classes.set}>
          <legend>{t("display.text_size")}</legend>
          <div className={classes.sizes}>
            {SIZES.map((size) => (
              <label key={size} className={classes.size} data-size={size}>
                <input
                  type="radio"
                  name="text-size"
                  checked={display.textSize === size}
                  onChange={() => changeDisplay({ textSize: size })}
                />
                {t(`display.size_${size}`)}
              </label>
            ))}
          </div>
        </fieldset>
        <AppearanceControl />
        <Switch
          label={t("display.contrast")}
          checked={display.contrast === "high"}
          onChange={(event) => changeDisplay({ contrast: event.currentTarget.checked ? "high" : "normal" })}
        />
        <Switch
          label={t("display.show_timer")}
          checked={display.showsTimer}
          onChange={(event) => changeDisplay({ showsTimer: event.currentTarget.checked })}
        />
        <Switch
          label={t("display.single_keys")}
          description={t("display.single_keys_words")}
          checked={display.hasSingleKeys}
          onChange={(event) => changeDisplay({ hasSingleKeys: event.currentTarget.checked })}
        />
      </div>
    </Dialog>
  );
}
