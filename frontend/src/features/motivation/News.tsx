import { ActionIcon } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import i18next from "i18next";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { meQuery } from "../../api/learner";
import { standingQuery } from "../../api/motivation";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { Icon } from "../../components/Icon";
import { useIsQuiet } from "../../components/quiet";
import { takeNews, type News as Item } from "./newsOf";
import classes from "./News.module.css";

await i18next.loadNamespaces("motivation");

/** What was done is counted in the background, within seconds. */
const COUNTED_AFTER_MS = 6_000;

/** A new level and new achievements, one after the other, in a corner; after a session and never during one. */
export function News() {
  const { t } = useTranslation("motivation");
  const { t: shared } = useTranslation();
  const { slug } = useAcademy();
  const { number } = useFormats();
  const isQuiet = useIsQuiet();
  const { data: me } = useQuery({ ...meQuery, enabled: false });
  const { data: standing, refetch } = useQuery({ ...standingQuery(slug), enabled: !isQuiet });
  const [items, setItems] = useState<Item[]>([]);
  const [item] = items;
  const person = me?.id;

  useEffect(() => {
    if (isQuiet) return undefined;
    const timer = setTimeout(() => void refetch(), COUNTED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isQuiet, refetch]);

  useEffect(() => {
    if (!standing || !person || isQuiet) return;
    const news = takeNews(person, slug, standing);
    // oxlint-disable-next-line react/set-state-in-effect -- what somebody was told is kept outside of React
    if (news.length > 0) setItems((before) => [...before, ...news]);
  }, [standing, person, slug, isQuiet]);

  const isShown = item !== undefined && !isQuiet;
  const close = () => setItems((before) => before.slice(1));
  useEffect(() => {
    if (!isShown) return undefined;
    const onKey = (event: KeyboardEvent) => {
      // A dialog is closed first.
      if (event.key === "Escape" && !document.querySelector("dialog[open]")) close();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [isShown]);

  return (
    <div role="status" className={classes.place}>
      {isShown ? (
        <div key={item.kind === "award" ? item.code : item.level} className={classes.card}>
          <span className={classes.sign}>
            <Icon name={item.kind === "award" ? "star" : "up"} size={22} />
          </span>
          <div className={classes.words}>
            <p className={classes.title}>
              {item.kind === "award" ? t("news.award", { name: item.name }) : t("news.level", { level: item.level })}
            </p>
            <p>{item.kind === "award" ? item.description : t("news.level_words", { xp: number(item.xp) })}</p>
            <Link to={`/a/${slug}/progress/achievements`} onClick={close}>
              {t("news.look")}
            </Link>
          </div>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={shared("action.close")} onClick={close}>
            <Icon name="cross" size={18} />
          </ActionIcon>
        </div>
      ) : null}
    </div>
  );
}
