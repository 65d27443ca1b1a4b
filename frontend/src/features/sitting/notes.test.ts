import { beforeEach, describe, expect, it } from "vitest";
import { FakeClock } from "./fakes";
import { paint, selectedStretch, selectSentence } from "./highlighter";
import { NotesKeeper, toggleHighlight } from "./notes";
import { SittingApi } from "./sittingApi";

describe("toggleHighlight", () => {
  it("joins what touches", () => {
    expect(toggleHighlight([{ start: 0, end: 5 }], { start: 4, end: 9 })).toEqual([{ start: 0, end: 9 }]);
    expect(toggleHighlight([{ start: 10, end: 12 }], { start: 0, end: 2 })).toEqual([
      { start: 0, end: 2 },
      { start: 10, end: 12 },
    ]);
  });

  it("takes away what is marked already", () => {
    expect(toggleHighlight([{ start: 0, end: 10 }], { start: 3, end: 5 })).toEqual([
      { start: 0, end: 3 },
      { start: 5, end: 10 },
    ]);
    expect(toggleHighlight([{ start: 0, end: 10 }], { start: 0, end: 10 })).toEqual([]);
  });
});

describe("paint", () => {
  const passage = document.createElement("div");

  beforeEach(() => {
    document.body.replaceChildren(passage);
    passage.innerHTML = "<p>One <em>two</em> three.</p><p>Four.</p>";
  });

  const marked = () => [...passage.querySelectorAll("mark")].map((mark) => mark.textContent);

  it("marks across elements and leaves the text alone", () => {
    paint(passage, [{ start: 4, end: 13 }]);
    expect(marked()).toEqual(["two", " three"]);
    expect(passage.textContent).toBe("One two three.Four.");
  });

  it("takes earlier marks away without a trace", () => {
    const before = passage.innerHTML;
    paint(passage, [{ start: 0, end: 3 }, { start: 14, end: 18 }]);
    paint(passage, []);
    expect(passage.innerHTML).toBe(before);
  });

  it("finds the same stretch again after painting", () => {
    paint(passage, [{ start: 0, end: 7 }]);
    selectSentence(passage, "en", 1);
    expect(selectedStretch(passage)).toEqual({ start: 0, end: 14 });
    selectSentence(passage, "en", 1);
    expect(selectedStretch(passage)).toEqual({ start: 14, end: 19 });
    selectSentence(passage, "en", -1);
    expect(selectedStretch(passage)).toEqual({ start: 0, end: 14 });
  });
});

describe("NotesKeeper", () => {
  const kept = new Map<string, unknown>();
  const documents = {
    read: async <T,>(key: string) => kept.get(key) as T | undefined,
    write: async (key: string, value: unknown) => void kept.set(key, value),
    remove: async (key: string) => void kept.delete(key),
  };

  it("keeps marks on the device at once, sends them after a pause, and wins over an older device", async () => {
    const sent: { sequence: number }[] = [];
    const answers = [
      new Response(JSON.stringify({ status: 409, code: "stale_sequence", title: "", sequence: 12 }), {
        status: 409,
        headers: { "Content-Type": "application/problem+json" },
      }),
      Response.json({ saved: true, sequence: 13 }),
    ];
    const api = new SittingApi({
      attempt: "a",
      token: { current: "t", renew: async () => "t" },
      fetch: async (_url, init) => {
        sent.push(JSON.parse(String(init?.body)) as { sequence: number });
        return answers.shift() ?? Response.error();
      },
    });
    const clock = new FakeClock();
    const keeper = new NotesKeeper({ attempt: "a", api, documents, clock });
    await keeper.open({}, 4);
    keeper.strike("1", "b");
    expect(kept.get("notes/a")).toMatchObject({ strikes: { 1: ["b"] } });
    await clock.advance(10_000);
    expect(sent.map((each) => each.sequence)).toEqual([5, 13]);

    const reloaded = new NotesKeeper({ attempt: "a", api, documents, clock });
    await reloaded.open({}, 4);
    expect(reloaded.snapshot().strikes).toEqual({ 1: ["b"] });
  });
});
