import { useTranslation } from "react-i18next";
import { RichText } from "../../components/RichText";
import { Tag } from "../../components/Tag";
import type { ReviewItem } from "../../api/types";
import { useKeyRows } from "./useKeyRows";
import classes from "./ReviewPage.module.css";

/** Part by part: what was answered beside what is accepted. */
export function KeyRows({ item }: { item: ReviewItem }) {
  const { t } = useTranslation();
  const rows = useKeyRows(item);
  return (
    <>
      {item.type === "gap_fill" && item.question.html ? <GapText html={item.question.html} /> : null}
      <div className={classes.scroll}>
        <table className={classes.rows}>
          <thead>
            <tr>
              <th scope="col">{t("review.part")}</th>
              <th scope="col">{t("review.your_answer")}</th>
              <th scope="col">{t("review.right_answer")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  <RichText as="span" html={row.nameHtml} />
                </th>
                <td>
                  {row.mine ? <RichText as="span" html={row.mine} /> : <span className={classes.nothing}>{t("review.no_answer")}</span>}{" "}
                  {row.isRight === undefined ? null : (
                    <Tag tone={row.isRight ? "good" : "bad"} icon={row.isRight ? "check" : "cross"}>
                      {row.isRight ? t("result.right") : t("result.wrong")}
                    </Tag>
                  )}
                </td>
                <td>
                  <RichText as="span" html={row.right} />
                  {row.why ? <RichText html={row.why} className={classes.why} /> : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** The gaps get their numbers, so that the rows below can be found in the text. */
function GapText({ html }: { html: string }) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const [at, gap] of [...page.querySelectorAll("[data-gap]")].entries()) {
    gap.textContent = `(${at + 1}) ______`;
  }
  return <RichText html={page.body.innerHTML} className={classes.stem} />;
}
