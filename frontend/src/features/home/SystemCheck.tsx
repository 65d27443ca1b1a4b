import { Button } from "@mantine/core";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats";
import { Icon, type IconName } from "../../components/Icon";
import { checkConnection, checkStorage, checkWindow, type Check, type CheckName, type CheckState } from "./systemCheck";
import classes from "./ExamPage.module.css";

const NAMES: CheckName[] = ["connection", "clock", "storage", "window", "keyboard"];
const ICONS: Record<CheckState, IconName> = { waiting: "clock", good: "check", caution: "warning", bad: "cross" };

/** Measures what the exam needs. Only a missing connection stands in the way; the rest is told, the person decides. */
export function SystemCheck() {
  const { t } = useTranslation();
  const { number, duration } = useFormats();
  const [checks, setChecks] = useState<Partial<Record<CheckName, Check>>>(() => ({ window: checkWindow() }));

  const put = useCallback((...done: Check[]) => {
    setChecks((before) => ({ ...before, ...Object.fromEntries(done.map((each) => [each.name, each])) }));
  }, []);

  const measure = useCallback(() => {
    void checkConnection().then((done) => put(...done));
    void checkStorage().then(put);
  }, [put]);

  useEffect(measure, [measure]);

  function again() {
    setChecks(({ keyboard }) => (keyboard ? { keyboard, window: checkWindow() } : { window: checkWindow() }));
    measure();
  }

  useEffect(() => {
    const onKey = () => put({ name: "keyboard", state: "good" });
    const onResize = () => put(checkWindow());
    document.addEventListener("keydown", onKey, { once: true });
    window.addEventListener("resize", onResize);
    return () => {
      document.removeEventListener("keydown", onKey);
      window.removeEventListener("resize", onResize);
    };
  }, [put]);

  function words(name: CheckName, check: Check | undefined): string {
    if (!check) return name === "keyboard" ? t("check.keyboard_waiting") : t("check.waiting");
    const { state, value } = check;
    switch (name) {
      case "connection":
        if (state === "bad") return t("check.connection_bad");
        return state === "good"
          ? t("check.connection_good", { ms: number(value ?? 0, 0) })
          : t("check.connection_slow", { ms: number(value ?? 0, 0) });
      case "clock":
        if (value === undefined) return t("check.clock_unknown");
        return state === "good" ? t("check.clock_good") : t("check.clock_off", { difference: duration(Math.abs(value)) });
      case "storage":
        return state === "good" ? t("check.storage_good") : t("check.storage_bad");
      case "window":
        return state === "good" ? t("check.window_good", { width: number(value ?? 0, 0) }) : t("check.window_narrow", { width: number(value ?? 0, 0) });
      case "keyboard":
        return t("check.keyboard_good");
    }
  }

  return (
    <>
      <ul className={classes.checks}>
        {NAMES.map((name) => {
          const check = checks[name];
          const state = check?.state ?? "waiting";
          return (
            <li key={name} data-state={state}>
              <Icon name={ICONS[state]} />
              <span>
                <b>{t(`check.${name}`)}</b>
                {words(name, check)}
              </span>
            </li>
          );
        })}
      </ul>
      <Button variant="default" size="xs" onClick={again}>
        {t("check.again")}
      </Button>
    </>
  );
}
