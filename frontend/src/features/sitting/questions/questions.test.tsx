import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, describe, expect, it } from "vitest";
import type { Answer, ItemType, Question as QuestionData, Sitting } from "../../../api/types";
import { startI18n } from "../../../app/i18n";
import { Announcer } from "../../../components/Announcer";
import { FakeClock, MemoryStore } from "../fakes";
import { NotesKeeper } from "../notes";
import { SittingSession } from "../session";
import { SittingContext } from "../sittingContext";
import { Question } from "./Question";

const options = ["a", "b", "c"].map((id) => ({ id, html: `<p>Option ${id}</p>` }));
const documents = { read: async () => undefined, write: async () => undefined, remove: async () => undefined };

beforeAll(async () => {
  await startI18n();
});

/** Shows one item as in a sitting; returns what would be sent as its answer. */
function show(type: ItemType, question: QuestionData): () => Answer | null {
  const item = { position: 1, slot: 1, section: 0, type, stimulus: null, stem_html: "", points: 1, question };
  const sitting = {
    attempt: { id: "attempt" },
    token: "token",
    server_time: "2026-11-21T10:00:00Z",
    deadline_at: null,
    section_deadline_at: null,
    navigation: "free",
    paused: false,
    message: null,
    current_section: 0,
    open_positions: { first: 1, last: 1 },
    sections: [],
    items: [item],
    responses: {},
  } as unknown as Sitting;
  const clock = new FakeClock();
  const session = new SittingSession({
    sitting,
    fetch: () => new Promise(() => undefined),
    store: new MemoryStore(),
    documents,
    clock,
    renewToken: async () => sitting,
    onNotice: () => undefined,
  });
  const notes = new NotesKeeper({ attempt: "attempt", api: session.api, documents, clock });
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <Announcer>
          <SittingContext value={{ session, notes }}>
            <p id="stem">The stem</p>
            <Question item={item} stemId="stem" disabled={false} />
          </SittingContext>
        </Announcer>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return () => session.saver.response("1").answer;
}

describe("the answer of", () => {
  const user = userEvent.setup();

  it("a single choice", async () => {
    const answer = show("single_choice", { options });
    await user.click(screen.getByRole("radio", { name: /Option b/ }));
    expect(answer()).toEqual({ choice: "b" });
  });

  it("true, false, not given", async () => {
    const answer = show("true_false_not_given", { options: [{ id: "true", label: "True" }, { id: "not_given", label: "Not given" }] });
    await user.click(screen.getByRole("radio", { name: /Not given/ }));
    expect(answer()).toEqual({ choice: "not_given" });
  });

  it("a multiple choice, never more than may be chosen, in the order of the options", async () => {
    const answer = show("multiple_choice", { options, select: 2 });
    for (const name of [/Option c/, /Option a/, /Option b/]) await user.click(screen.getByRole("checkbox", { name }));
    expect(answer()).toEqual({ choices: ["a", "c"] });
    await user.click(screen.getByRole("checkbox", { name: /Option a/ }));
    await user.click(screen.getByRole("checkbox", { name: /Option b/ }));
    expect(answer()).toEqual({ choices: ["b", "c"] });
  });

  it("a matching, and taking a pair back", async () => {
    const answer = show("matching", { prompts: [{ id: "1", html: "First" }, { id: "2", html: "Second" }], options, reuse: false });
    await user.selectOptions(screen.getByRole("combobox", { name: "First" }), "b");
    await user.selectOptions(screen.getByRole("combobox", { name: "Second" }), "c");
    expect(answer()).toEqual({ pairs: { 1: "b", 2: "c" } });
    await user.selectOptions(screen.getByRole("combobox", { name: "First" }), "");
    await user.selectOptions(screen.getByRole("combobox", { name: "Second" }), "");
    expect(answer()).toBeNull();
  });

  it("an ordering by keys, and by keeping the order shown", async () => {
    const answer = show("ordering", { options });
    await user.click(screen.getByRole("button", { name: "Keep this order" }));
    expect(answer()).toEqual({ order: ["a", "b", "c"] });
    screen.getByRole("listitem", { name: /^1 of 3/ }).focus();
    await user.keyboard("{Alt>}{ArrowDown}{ArrowDown}{/Alt}");
    expect(answer()).toEqual({ order: ["b", "c", "a"] });
    expect(document.activeElement?.getAttribute("aria-label")).toBe("3 of 3: Option a");
    expect(screen.getByRole("status").textContent).toBe("Option a is now 3 of 3.");
  });

  it("a gap fill with fields in the text", async () => {
    const answer = show("gap_fill", {
      html: '<p>One <span data-gap="x"></span> two <span data-gap="y"></span>.</p>',
      gaps: [{ id: "x", max_words: 1 }, { id: "y", max_words: null }],
      choices: null,
    });
    await user.type(screen.getByRole("textbox", { name: "Gap 1 of 2" }), "first word");
    await user.type(screen.getByRole("textbox", { name: "Gap 2 of 2" }), "b");
    expect(answer()).toEqual({ gaps: { x: "first word", y: "b" } });
    expect(screen.getByText("2 words, the limit is 1")).toBeTruthy();
  });

  it("a gap fill with words to choose from", async () => {
    const answer = show("gap_fill", { html: '<p><span data-gap="1"></span></p>', gaps: [{ id: "1", max_words: null }], choices: ["hub", "switch"] });
    await user.selectOptions(screen.getByRole("combobox", { name: "Gap 1 of 1" }), "switch");
    expect(answer()).toEqual({ gaps: { 1: "switch" } });
  });

  it("a short text", async () => {
    const answer = show("short_text", { max_words: 3 });
    await user.type(screen.getByRole("textbox"), "the ground");
    expect(answer()).toEqual({ text: "the ground" });
    await user.clear(screen.getByRole("textbox"));
    expect(answer()).toBeNull();
  });

  it("a number with a unit chosen first and a decimal comma; what is no number is not sent", async () => {
    const answer = show("numeric", { unit: null, units: ["MB", "GB"] });
    const field = screen.getByRole("textbox");
    await user.selectOptions(screen.getByRole("combobox", { name: "Unit" }), "GB");
    await user.type(field, "3,5");
    expect(answer()).toEqual({ number: "3.5", unit: "GB" });
    expect((field as HTMLInputElement).value).toBe("3,5");
    await user.type(field, "x");
    await user.tab();
    expect(answer()).toBeNull();
    expect(screen.getByText(/not a number/)).toBeTruthy();
  });
});
