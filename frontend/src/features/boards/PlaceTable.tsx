import { useTranslation } from "react-i18next";
import type { LeaguePlace, Place } from "../../api/types";
import { useFormats } from "../../app/formats";
import { Tag, type Tone } from "../../components/Tag";
import type { IconName } from "../../components/Icon";
import classes from "./boards.module.css";

const OUTCOMES: Record<LeaguePlace["outcome"], { tone: Tone; icon?: IconName }> = {
  promoted: { tone: "good", icon: "up" },
  stayed: { tone: "neutral" },
  relegated: { tone: "caution", icon: "down" },
};

const isInLeague = (place: Place | LeaguePlace): place is LeaguePlace => "outcome" in place;

/** Places from the first down; in a league with what each would lead to. */
export function PlaceTable({ caption, places }: { caption: string; places: (Place | LeaguePlace)[] }) {
  const { t } = useTranslation("boards");
  const { number } = useFormats();
  const hasOutcomes = places.some(isInLeague);
  return (
    <table className={classes.places}>
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t("rank")}</th>
          <th scope="col">{t("name")}</th>
          <th scope="col" className={classes.number}>
            {t("points")}
          </th>
          {hasOutcomes ? <th scope="col">{t("league.outcome")}</th> : null}
        </tr>
      </thead>
      <tbody>
        {places.map((place, at) => (
          // Nothing else tells one place from another: people are not named by an id.
          // oxlint-disable-next-line react/no-array-index-key
          <tr key={at} className={place.is_me ? classes.me : undefined}>
            <td className={classes.rank}>{number(place.rank)}</td>
            <th scope="row">
              <span className={classes.name}>
                {place.name}
                {place.is_me ? <Tag tone="accent">{t("you")}</Tag> : null}
              </span>
            </th>
            <td className={classes.number}>{number(place.points)}</td>
            {hasOutcomes && isInLeague(place) ? (
              <td>
                <Tag tone={OUTCOMES[place.outcome].tone} icon={OUTCOMES[place.outcome].icon}>
                  {t(`league.${place.outcome}`)}
                </Tag>
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
