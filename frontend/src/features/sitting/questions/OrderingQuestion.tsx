import { Button } from "@mantine/core";
import { useLayoutEffect, useRef, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useAnnounce } from "../../../components/Announcer";
import { Icon } from "../../../components/Icon";
import { RichText } from "../../../components/RichText";
import { useItem } from "../sittingContext";
import type { QuestionProps } from "./Question";
import { optionHtml, plainText } from "./optionText";
import classes from "./Question.module.css";

/** A list put in order with buttons or Alt and the arrows; each move is announced. */
export function OrderingQuestion({ item, stemId, disabled }: QuestionProps) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const { response, give } = useItem(item);
  const list = useRef<HTMLOListElement>(null);
  const refocus = useRef<{ id: string; part: string } | null>(null);
  const options = item.question.options ?? [];
  const answered = response.answer?.order;
  const order = answered ?? options.map((option) => option.id);
  const byId = new Map(options.map((option) => [option.id, option]));

  // Moving a row in the page takes the focus from what is inside it.
  useLayoutEffect(() => {
    const wanted = refocus.current;
    if (!wanted) return;
    refocus.current = null;
    const rows = [...(list.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
    const row = rows.find((each) => each.dataset.row === wanted.id);
    const part = row?.querySelector<HTMLElement>(`[data-part="${wanted.part}"]`);
    (part ?? row)?.focus();
  }, [order]);

  function move(id: string, by: 1 | -1, part: string) {
    const from = order.indexOf(id);
    const to = from + by;
    if (disabled || to < 0 || to >= order.length) return;
    const next = order.toSpliced(from, 1).toSpliced(to, 0, id);
    refocus.current = { id, part };
    give({ order: next });
    const option = byId.get(id);
    announce(
      t("question.moved", { what: option ? plainText(optionHtml(option)) : "", position: to + 1, count: order.length }),
    );
  }

  function onKey(event: KeyboardEvent<HTMLElement>, id: string) {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    const part = (event.target as HTMLElement).dataset.part ?? "row";
    move(id, event.key === "ArrowUp" ? -1 : 1, part);
  }

  return (
    <div role="group" aria-labelledby={stemId}>
      <p className={classes.hint}>{t("question.order_how")}</p>
      <ol ref={list} className={classes.rows}>
        {order.map((id, at) => {
          const option = byId.get(id);
          if (!option) return null;
          const name = plainText(optionHtml(option));
          return (
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- the row itself takes Alt and the arrows
            <li
              key={id}
              data-row={id}
              className={classes.row}
              tabIndex={disabled ? undefined : 0}
              aria-label={t("question.order_row", { position: at + 1, count: order.length, what: name })}
              onKeyDown={(event) => onKey(event, id)}
            >
              <span className={classes.number} aria-hidden="true">
                {at + 1}
              </span>
              <RichText as="span" html={optionHtml(option)} className={classes.words} />
              <span className={classes.tools}>
                <button
                  type="button"
                  data-part="up"
                  className={classes.tool}
                  disabled={disabled}
                  aria-disabled={at === 0}
                  aria-label={t("question.move_up", { what: name })}
                  onClick={() => move(id, -1, "up")}
                >
                  <Icon name="up" size={16} />
                </button>
                <button
                  type="button"
                  data-part="down"
                  className={classes.tool}
                  disabled={disabled}
                  aria-disabled={at === order.length - 1}
                  aria-label={t("question.move_down", { what: name })}
                  onClick={() => move(id, 1, "down")}
                >
                  <Icon name="down" size={16} />
                </button>
              </span>
            </li>
          );
        })}
      </ol>
      {answered ? null : (
        <div className={classes.after}>
          <p>{t("question.order_untouched")}</p>
          <Button variant="default" size="xs" disabled={disabled} onClick={() => give({ order })}>
            {t("question.order_keep")}
          </Button>
        </div>
      )}
    </div>
  );
}
