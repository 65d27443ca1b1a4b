import { TextInput } from "@mantine/core";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { Link } from "react-router";
import { Icon } from "../../../components/Icon";
import classes from "./FilterBar.module.css";

const PAUSE_MS = 350;

export function FilterBar({ children }: { children: ReactNode }) {
  return (
    <div role="search" className={classes.bar}>
      {children}
    </div>
  );
}

/** Writes what is typed after a short pause, and follows the address when it changes elsewhere. */
export function SearchField({ label, value, onSearch }: { label: string; value: string; onSearch: (text: string) => void }) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  const waiting = useRef<number | undefined>(undefined);
  if (known !== value) {
    setKnown(value);
    if (value !== text.trim()) setText(value);
  }
  useEffect(() => () => window.clearTimeout(waiting.current), []);
  return (
    <TextInput
      className={classes.search}
      type="search"
      label={label}
      value={text}
      leftSection={<Icon name="search" size={16} />}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        setText(typed);
        window.clearTimeout(waiting.current);
        waiting.current = window.setTimeout(() => onSearch(typed), PAUSE_MS);
      }}
    />
  );
}

interface FilterLinksProps {
  label: string;
  links: { key: string; label: string; to: string; isHere: boolean }[];
}

/** A filter of few values: each is an address of its own. */
export function FilterLinks({ label, links }: FilterLinksProps) {
  return (
    <nav aria-label={label} className={classes.links}>
      {links.map((link) => (
        <Link key={link.key} to={link.to} replace preventScrollReset aria-current={link.isHere ? "true" : undefined}>
          {link.label}
        </Link>
      ))}
    </nav>
  );
}
