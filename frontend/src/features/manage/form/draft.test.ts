import { describe, expect, it } from "vitest";
import { changesBetween, choiceIssuesOf, draftOf, EMPTY_CHOICE, EMPTY_DRAFT, issuesOf, proposalsOf, toDeliveryIn } from "./draft";
import type { DeliveryOut } from "../../../api/manageTypes";

const MADRID = "Europe/Madrid";

const delivery: DeliveryOut = {
  id: "d1",
  title: "Mock exam",
  state: "open",
  opens_at: "2026-11-21T09:00:30.500000Z",
  closes_at: "2026-11-28T09:00:00Z",
  cohort: { id: "c1", name: "Autumn" },
  attempts_allowed: 2,
  item_count: 60,
  counts: { assigned: 10, in_progress: 0, submitted: 0, marked: 0 },
  released_at: null,
  instructions: "Read with care.",
  form: { id: "f1", title: "Form 1", seed: 7 },
  time_limit_seconds: 5400,
  navigation: "linear",
  display: "section",
  shuffle_items: false,
  shuffle_options: true,
  review_what: "domains",
  review_when: "after_window",
  gives_certificate: true,
};

describe("a draft as a request", () => {
  it("sends a blueprint, minutes as seconds, and times of the person's zone as UTC", () => {
    const draft = {
      ...EMPTY_DRAFT,
      title: "  Mock exam ",
      opens_at: "2026-11-21T10:00",
      closes_at: "2026-11-28T10:00",
      time_limit: "90",
      attempts_allowed: "3",
      cohort: "c1",
    };
    expect(toDeliveryIn(draft, { ...EMPTY_CHOICE, blueprint: "b1", form: "f9", seed: "42" }, MADRID)).toEqual({
      title: "Mock exam",
      instructions: "",
      blueprint: "b1",
      form: null,
      seed: 42,
      cohort: "c1",
      opens_at: "2026-11-21T09:00:00.000Z",
      closes_at: "2026-11-28T09:00:00.000Z",
      attempts_allowed: 3,
      time_limit_seconds: 5400,
      navigation: "free",
      display: "item",
      shuffle_items: true,
      shuffle_options: true,
      review_what: "answers",
      review_when: "at_once",
      gives_certificate: false,
    });
  });

  it("sends a form without the blueprint and the seed that were filled in before", () => {
    const wanted = toDeliveryIn(
      { ...EMPTY_DRAFT, title: "A" },
      { source: "form", blueprint: "b1", form: "f1", seed: "42" },
      MADRID,
    );
    expect(wanted).toMatchObject({ blueprint: null, form: "f1", cohort: null, opens_at: null });
    expect(wanted).not.toHaveProperty("seed");
    // Absent, the exam's own limit holds; null would take it away.
    expect(wanted).not.toHaveProperty("time_limit_seconds");
  });
});

describe("what an exam proposes", () => {
  const first = { title: "Reading", instructions: "Read.", navigation: "linear" as const };

  it("fills what is untouched, also after another exam had filled it", () => {
    const draft = { ...EMPTY_DRAFT, ...proposalsOf(EMPTY_DRAFT, first, undefined) };
    expect(draft).toMatchObject({ title: "Reading", instructions: "Read.", navigation: "linear", display: "item" });
    expect({ ...draft, ...proposalsOf(draft, { title: "Listening" }, first) }).toMatchObject({
      title: "Listening",
      instructions: "",
      navigation: "free",
    });
  });

  it("leaves the person's own words", () => {
    const draft = { ...EMPTY_DRAFT, title: "Mine" };
    expect(proposalsOf(draft, first, undefined)).not.toHaveProperty("title");
  });
});

describe("issues of a draft", () => {
  it("finds none in a short complete draft", () => {
    expect(issuesOf({ ...EMPTY_DRAFT, title: "A" }, MADRID)).toEqual({});
    expect(choiceIssuesOf({ ...EMPTY_CHOICE, blueprint: "b1" })).toEqual({});
  });

  it("names each field by the API's name", () => {
    expect(
      issuesOf(
        { ...EMPTY_DRAFT, opens_at: "2026-11-21T10:00", closes_at: "2026-11-21T10:00", attempts_allowed: "21", time_limit: "0" },
        MADRID,
      ),
    ).toEqual({
      title: "title_missing",
      closes_at: "closes_first",
      attempts_allowed: "attempts_range",
      time_limit_seconds: "minutes_range",
    });
    expect(choiceIssuesOf({ ...EMPTY_CHOICE, seed: "x" })).toEqual({ blueprint: "exam_missing", seed: "seed_number" });
    expect(choiceIssuesOf({ ...EMPTY_CHOICE, source: "form" })).toEqual({ form: "form_missing" });
  });

  it("wants a closing time for a review after the window", () => {
    const draft = { ...EMPTY_DRAFT, title: "A", review_when: "after_window" as const };
    expect(issuesOf(draft, MADRID)).toEqual({ review_when: "window_needed" });
    expect(issuesOf({ ...draft, review_what: "nothing" }, MADRID)).toEqual({});
  });
});

describe("changes of a delivery", () => {
  it("are empty when nothing was touched, although the fields drop the seconds", () => {
    const draft = draftOf(delivery, MADRID);
    expect(draft).toMatchObject({ opens_at: "2026-11-21T10:00", time_limit: "90", cohort: "c1" });
    expect(changesBetween(draft, { ...draft }, MADRID)).toEqual({});
  });

  it("hold only what was touched", () => {
    const draft = draftOf(delivery, MADRID);
    const after = { ...draft, title: "Second mock", cohort: "", closes_at: "" };
    expect(changesBetween(draft, after, MADRID)).toEqual({ title: "Second mock", cohort: null, closes_at: null });
  });
});
