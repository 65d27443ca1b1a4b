import type { HtmlOption } from "../../../api/types";

export const optionHtml = (option: HtmlOption | { id: string; label: string }): string =>
  "html" in option ? option.html : escapeHtml(option.label);

export function escapeHtml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** What is left for places that take words only, such as the entries of a select. */
export function plainText(html: string): string {
  return new DOMParser().parseFromString(html, "text/html").body.textContent?.replace(/\s+/g, " ").trim() ?? "";
}

/** A, B, … Z, AA */
export function letter(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letter(Math.floor(index / 26) - 1) + last;
}
