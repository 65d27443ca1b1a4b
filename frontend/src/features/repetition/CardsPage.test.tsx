import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { configure, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter, RouterProvider } from "react-router";
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { ListedCard, MyAcademy } from "../../api/types";
import { AcademyContext } from "../../app/academy";
import { startI18n } from "../../app/i18n";
import { Announcer } from "../../components/Announcer";

const card = (code: string, fields: Partial<ListedCard> = {}): ListedCard =>
  ({
    id: code,
    code,
    domain: "Firewalls",
    stem_html: `<p>Question ${code}</p>`,
    is_available: true,
    state: "review",
    days: 0,
    retrievability: 0.95,
    suspended_at: null,
    ...fields,
  }) as ListedCard;

let sent: string[] = [];
let answers: Record<string, unknown>;

beforeAll(async () => {
  configure({ asyncUtilTimeout: 10_000 });
  await startI18n();
});

async function show(address = "/a/harbour/review/cards") {
  sent = [];
  document.cookie = "csrftoken=token";
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const url = new URL(String(input), "http://site");
    const asked = `${init?.method ?? "GET"} ${url.pathname.split("/practice/reviews/")[1]}${url.search}`;
    sent.push(asked);
    const found = answers[asked];
    return Response.json(found ?? { title: "No", status: 500, code: "server_error" }, { status: found ? 200 : 500 });
  });
  const { CardsPage } = await import("./CardsPage");
  const router = createMemoryRouter([{ path: "/a/:slug/review/cards", element: <CardsPage /> }], { initialEntries: [address] });
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
}

const row = async (code: string) => within((await screen.findByText(`Question ${code}`)).closest("li") as HTMLElement);

describe("the page of all cards", () => {
  it("says when each card comes again and how well it is remembered", async () => {
    answers = {
      "GET cards/?ordering=due_at": {
        results: [
          card("new", { state: "new", retrievability: null }),
          card("late", { retrievability: 0.55 }),
          card("tomorrow", { days: 1, retrievability: 0.8 }),
          card("far", { days: 90 }),
          card("gone", { is_available: false, days: 12 }),
        ],
        next: "/api/v1/academies/harbour/practice/reviews/cards/?cursor=more",
        previous: null,
      },
      "GET cards/?cursor=more": { results: [card("last")], next: null, previous: null },
    };
    await show();
    expect((await row("new")).getByText("Not reviewed yet")).toBeTruthy();
    expect((await row("late")).getByText("Due today")).toBeTruthy();
    expect((await row("late")).getByText("Memory: weak (55%)")).toBeTruthy();
    expect((await row("tomorrow")).getByText("Due tomorrow")).toBeTruthy();
    expect((await row("tomorrow")).getByText("Memory: fading (80%)")).toBeTruthy();
    expect((await row("far")).getByText("Due in 3 months")).toBeTruthy();
    expect((await row("gone")).getByText("Not asked at present")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Show more" }));
    expect((await row("last")).getByText("Due today")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Show more" })).toBeNull();
  });

  it("puts a card aside and brings it back in its place", async () => {
    answers = {
      "GET cards/?show=due&ordering=due_at": { results: [card("one")], next: null, previous: null },
      "POST cards/one/suspension/": card("one", { suspended_at: "2026-11-21T10:00:00Z" }),
      "DELETE cards/one/suspension/": card("one"),
    };
    await show("/a/harbour/review/cards?show=due");
    await userEvent.click(await screen.findByRole("button", { name: "Put aside: card one" }));
    expect(await (await row("one")).findByText("Put aside")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Show again: card one" }));
    expect(await screen.findByRole("button", { name: "Put aside: card one" })).toBeTruthy();
    expect(sent).toEqual(["GET cards/?show=due&ordering=due_at", "POST cards/one/suspension/", "DELETE cards/one/suspension/"]);
  });

  it("says what was refused, with a way to try again, and what is empty, with a way on", async () => {
    answers = {};
    await show("/a/harbour/review/cards?show=suspended");
    const again = await screen.findByRole("button", { name: "Try again" });
    answers = { "GET cards/?show=suspended&ordering=due_at": { results: [], next: null, previous: null } };
    await userEvent.click(again);
    expect(await screen.findByText("You have put no card aside")).toBeTruthy();
    expect(screen.getByRole("link", { name: "Show all cards" }).getAttribute("href")).toBe("/a/harbour/review/cards");
  });
});
