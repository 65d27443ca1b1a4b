import { useTranslation } from "react-i18next";
import type { SittingItem } from "../../api/types";
import { Dialog } from "../../components/Dialog";
import { Icon, type IconName } from "../../components/Icon";
import { itemState, type ItemState } from "./screens";
import { useSaved, useSession, useSessionState } from "./sittingContext";
import classes from "./Navigator.module.css";

const MARKS: Record<ItemState, IconName | null> = { closed: "cross", unseen: null, seen: "eye", part: "auto", answered: "check" };
const ORDER: ItemState[] = ["unseen", "seen", "part", "answered", "closed"];

interface NavigatorProps {
  isOpen: boolean;
  onClose: () => void;
  onGo: (position: number) => void;
}

/** All questions at once. Every state has its own shape and its own words; the colour only repeats them. */
export function Navigator({ isOpen, onClose, onGo }: NavigatorProps) {
  const { t } = useTranslation();
  const { sitting } = useSession();
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t("navigator.title")} place="side">
      <Legend />
      {sitting.navigation === "linear" ? <p className={classes.note}>{t("navigator.linear")}</p> : null}
      {sitting.sections.map((section) => (
        <section key={section.index} className={classes.section}>
          <h3>{section.title}</h3>
          <ol className={classes.items}>
            {sitting.items
              .filter((item) => item.section === section.index)
              .map((item) => (
                <Entry key={item.position} item={item} onGo={onGo} />
              ))}
          </ol>
        </section>
      ))}
    </Dialog>
  );
}

function Entry({ item, onGo }: { item: SittingItem; onGo: (position: number) => void }) {
  const { t } = useTranslation();
  const { position, open } = useSessionState();
  const response = useSaved().responses.get(String(item.slot));
  const session = useSession();
  const state = itemState(item, response, open);
  const isHere = position === item.position;
  const canGo = isHere || (session.sitting.navigation === "free" && session.canGo(item.position));
  const mark = MARKS[state];
  const words = [t("sitting.question", { number: item.position }), t(`navigator.${state}`), response?.flagged ? t("navigator.flagged") : ""];
  return (
    <li>
      <button
        type="button"
        className={classes.entry}
        data-state={state}
        data-flagged={response?.flagged || undefined}
        aria-current={isHere ? "true" : undefined}
        aria-disabled={!canGo || undefined}
        aria-label={words.filter(Boolean).join(", ")}
        onClick={() => {
          if (canGo) onGo(item.position);
        }}
      >
        <span>{item.position}</span>
        <span className={classes.mark}>{mark ? <Icon name={mark} size={13} /> : null}</span>
        {response?.flagged ? (
          <span className={classes.flag}>
            <Icon name="flag" size={13} />
          </span>
        ) : null}
      </button>
    </li>
  );
}

function Legend() {
  const { t } = useTranslation();
  const { sitting } = useSession();
  const { open } = useSessionState();
  const { responses } = useSaved();
  const states = sitting.items.map((item) => itemState(item, responses.get(String(item.slot)), open));
  const flagged = sitting.items.filter((item) => responses.get(String(item.slot))?.flagged).length;
  return (
    <ul className={classes.legend}>
      {ORDER.filter((state) => states.includes(state)).map((state) => {
        const mark = MARKS[state];
        return (
          <li key={state}>
            <span className={classes.sample} data-state={state}>
              {mark ? <Icon name={mark} size={13} /> : null}
            </span>
            {t(`navigator.${state}`)}: {states.filter((each) => each === state).length}
          </li>
        );
      })}
      <li>
        <span className={classes.sample}>
          <Icon name="flag" size={13} />
        </span>
        {t("navigator.flagged")}: {flagged}
      </li>
    </ul>
  );
}
