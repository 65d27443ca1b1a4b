import { NavLink } from "react-router";
import classes from "./PlacesNav.module.css";

export interface Place {
  to: string;
  label: string;
  /** Here only at exactly this address, not below it. */
  end?: boolean;
}

/** The pages that belong together, above each of them. */
export function PlacesNav({ label, places }: { label: string; places: Place[] }) {
  return (
    <nav aria-label={label} className={classes.places}>
      {places.map((place) => (
        <NavLink key={place.to} to={place.to} end={place.end}>
          {place.label}
        </NavLink>
      ))}
    </nav>
  );
}
