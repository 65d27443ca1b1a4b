import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "../../components/Icon";
import classes from "./Player.module.css";

export type PlaceState = "open" | "answered" | "skipped" | "right" | "partly" | "wrong";

const ICONS: Record<PlaceState, IconName | null> = { open: null, answered: "check", skipped: "next", right: "check", partly: "auto", wrong: "cross" };

interface PositionsProps {
  places: { position: number; state: PlaceState }[];
  position: number;
  onGo: (position: number) => void;
}

/** All questions of a session at a glance. Every state has its own mark and words; the colour only repeats them. */
export function Positions({ places, position: here, onGo }: PositionsProps) {
  const { t } = useTranslation("practice");
  return (
    <nav aria-label={t("player.questions")}>
      <ol className={classes.positions}>
        {places.map(({ position, state }) => {
          const icon = ICONS[state];
          return (
            <li key={position}>
              <button
                type="button"
                data-state={state}
                aria-current={position === here ? "true" : undefined}
                aria-label={`${t("player.question", { number: position })}, ${t(`place.${state}`)}`}
                onClick={() => onGo(position)}
              >
                {position}
                {icon ? <Icon name={icon} size={12} /> : null}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
