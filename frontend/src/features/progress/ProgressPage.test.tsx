import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { configure, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter, RouterProvider } from "react-router";
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { MyAcademy } from "../../api/types";
import { AcademyContext } from "../../app/academy";
import { startI18n } from "../../app/i18n";
import { Announcer } from "../../components/Announcer";

const BANK = { id: "bank", title: "Security" };
const DOMAIN = { id: "two", code: "2", title: "Firewalls", weight: 50 };
const TREND = { direction: "declining", p_value: 0.01, answers: 40, method: "Cochran–Armitage" };

const ANSWERS: Record<string, unknown> = {
  "insights/performance/": {
    period: "30",
    from: "2026-02-01",
    to: "2026-03-02",
    as_of: "2026-03-02T09:00:00Z",
    totals: { answers: 40, right: 26, percent: 65, seconds: 1200 },
    previous: { answers: 10, right: 5, percent: 50 },
    change_points: 15,
    best_day: { date: "2026-02-20", percent: 90, answers: 10 },
    best_score: null,
    days: [{ date: "2026-02-20", answers: 10, right: 9, percent: 90, seconds: 300 }],
  },
  "insights/domains/": {
    domains: [{ bank: BANK, domain: DOMAIN, answers: 40, right: 26, percent: 65, seconds_mean: 30, trend: TREND }],
  },
  "insights/weak-areas/": {
    areas: [{ bank: BANK, domain: DOMAIN, answers: 40, percent: 65, trend: TREND, last_answered_on: "2026-02-20" }],
  },
  "insights/readiness/": {
    next: null,
    previous: null,
    results: [
      {
        exam: { id: "exam", title: "Security Foundations", bank: BANK },
        is_target: true,
        probability: 62,
        low: 40,
        high: 81,
        expected: 71,
        cut: 70,
        answers: 40,
        answers_needed: 0,
        recalibrated_on: 240,
        domains: [{ id: "two", code: "2", title: "Firewalls", share: 100, answers: 40, expected: 71, low: 60, high: 80 }],
      },
    ],
  },
  "insights/readiness/exam/": { calibration: { attempts: 3, minimum: 20, brier: null, bins: [] } },
  "insights/time/": { period: "30", from: null, to: "2026-03-02", seconds: 0, days: [], sources: [], week: [], pace: [] },
  "recommendations/": {
    next: null,
    previous: null,
    results: [
      {
        id: "first",
        kind: "cards_due",
        title: "Review your cards",
        reason: "12 cards are waiting today.",
        action: { type: "review" },
        state: "open",
      },
    ],
  },
  "recommendations/first/decision/": {},
  "practice/sessions/": { session: { id: "session" } },
};

let sent: { path: string; method: string; body: unknown }[] = [];

beforeAll(async () => {
  // Looking things up by role is slow on a busy machine.
  configure({ asyncUtilTimeout: 10_000 });
  await startI18n();
});

async function show(address: string, answers = ANSWERS) {
  sent = [];
  document.cookie = "csrftoken=token";
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const url = new URL(String(input), "http://site");
    const path = url.pathname.replace("/api/v1/academies/harbour/", "");
    sent.push({ path: path + url.search, method: init?.method ?? "GET", body: init?.body ? JSON.parse(String(init.body)) : null });
    const found = answers[path];
    return Response.json(found ?? { title: "There is nothing here", status: 404, code: "not_found" }, { status: found ? 200 : 404 });
  });
  const { ProgressPage } = await import("./ProgressPage");
  const router = createMemoryRouter(
    [
      { path: "/a/:slug/progress", element: <ProgressPage /> },
      { path: "*", element: <p>elsewhere</p> },
    ],
    { initialEntries: [address] },
  );
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <Announcer>
          <AcademyContext value={{ slug: "harbour", name: "Harbour" } as MyAcademy}>
            <RouterProvider router={router} />
          </AcademyContext>
        </Announcer>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return router;
}

describe("the page of one's progress", () => {
  it("says the finding, and how ready and how sure", async () => {
    await show("/a/harbour/progress");
    expect(await screen.findByText("65% of your answers were right.")).toBeTruthy();
    expect(screen.getByText(/15 points more/)).toBeTruthy();
    expect(await screen.findByText("62%")).toBeTruthy();
    expect(screen.getByText(/between 40% and 81%/)).toBeTruthy();
    expect(screen.getByText(/240 earlier attempts/)).toBeTruthy();
    expect(sent.some((each) => each.path === "insights/performance/?period=30")).toBe(true);
  });

  it("starts the quiz of the weak area", async () => {
    const router = await show("/a/harbour/progress");
    await userEvent.click(await screen.findByRole("button", { name: "Practise 2" }));
    expect(await screen.findByText("elsewhere")).toBeTruthy();
    expect(sent.find((each) => each.path === "practice/sessions/")?.body).toEqual({
      mode: "practice",
      bank: "bank",
      only: null,
      domains: ["two"],
      count: 10,
    });
    expect(router.state.location.pathname).toBe("/a/harbour/practice/session");
  });

  it("keeps the period in the address", async () => {
    const router = await show("/a/harbour/progress?period=7");
    expect(screen.getByRole<HTMLInputElement>("radio", { name: "7 days" }).checked).toBe(true);
    await userEvent.click(screen.getByRole("radio", { name: "All time" }));
    expect(router.state.location.search).toBe("?period=all");
    expect(sent.some((each) => each.path === "insights/time/?period=all")).toBe(true);
  });

  it("leads to what is accepted and takes away what is dismissed", async () => {
    const router = await show("/a/harbour/progress");
    await userEvent.click(await screen.findByRole("button", { name: "Review: Review your cards" }));
    expect(await screen.findByText("elsewhere")).toBeTruthy();
    expect(router.state.location.pathname).toBe("/a/harbour/review");
    expect(sent.at(-1)).toMatchObject({ path: "recommendations/first/decision/", body: { decision: "accepted" } });
  });

  it("leads to a session that is open", async () => {
    const resume = {
      id: "first",
      kind: "resume",
      title: "Go on with your quiz",
      reason: "3 of 10 questions are answered.",
      action: { type: "practice_session", session: "open" },
      state: "open",
    };
    const router = await show("/a/harbour/progress", { ...ANSWERS, "recommendations/": { results: [resume] } });
    await userEvent.click(await screen.findByRole("button", { name: "Go on: Go on with your quiz" }));
    expect(await screen.findByText("elsewhere")).toBeTruthy();
    expect(router.state.location.pathname).toBe("/a/harbour/practice/open");
  });

  it("says what was refused in its own place, with a way to try again", async () => {
    await show("/a/harbour/progress", { ...ANSWERS, "insights/performance/": undefined });
    const problem = await screen.findByRole("alert");
    expect(within(problem).getByRole("button", { name: "Try again" })).toBeTruthy();
    expect(await screen.findByText("62%")).toBeTruthy();
  });

  it("says what is missing where there is nothing yet", async () => {
    await show("/a/harbour/progress", {
      ...ANSWERS,
      "insights/performance/": { ...(ANSWERS["insights/performance/"] as object), totals: { answers: 0, right: 0, percent: null, seconds: 0 } },
      "insights/weak-areas/": { areas: [] },
      "insights/domains/": { domains: [] },
      "insights/readiness/": { results: [] },
      "recommendations/": { results: [] },
    });
    expect(await screen.findByText("Nothing was answered in this period")).toBeTruthy();
    expect(await screen.findByText("No weak areas")).toBeTruthy();
    expect(screen.queryByText("Next steps")).toBeNull();
  });
});
