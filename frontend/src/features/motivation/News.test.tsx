import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { configure, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter, Outlet, RouterProvider } from "react-router";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { meQuery } from "../../api/learner";
import type { Standing } from "../../api/motivation";
import type { Me, MyAcademy } from "../../api/types";
import { AcademyContext } from "../../app/academy";
import { startI18n } from "../../app/i18n";
import { useQuiet } from "../../components/quiet";
import { takeNews } from "./newsOf";

const award = (code: string, hour: number) => ({
  code,
  name: `Name of ${code}`,
  description: `For ${code}`,
  awarded_at: `2026-11-21T${hour}:00:00Z`,
});
const standing = (level: number, ...awards: ReturnType<typeof award>[]) => ({ xp: 100 * level, level: { number: level }, awards }) as Standing;

beforeAll(async () => {
  configure({ asyncUtilTimeout: 10_000 });
  await startI18n();
});

beforeEach(() => localStorage.clear());

describe("news of where somebody stands", () => {
  it("begins with the first look, and is given out once", () => {
    expect(takeNews("lena", "harbour", standing(2, award("old", 10)))).toEqual([]);
    const now = standing(3, award("second", 12), award("first", 11), award("old", 10));
    expect(takeNews("lena", "harbour", now)).toMatchObject([{ code: "first" }, { code: "second" }, { kind: "level", level: 3 }]);
    expect(takeNews("lena", "harbour", now)).toEqual([]);
    expect(takeNews("lena", "harbour", standing(2, award("old", 10)))).toEqual([]);
    expect(takeNews("lena", "harbour", now)).toEqual([]);
  });

  it("is each person's own in each academy", () => {
    takeNews("lena", "harbour", standing(1));
    expect(takeNews("ada", "harbour", standing(2, award("first", 11)))).toEqual([]);
    expect(takeNews("lena", "meridian", standing(2, award("first", 11)))).toEqual([]);
    expect(takeNews("lena", "harbour", standing(2, award("first", 11)))).toHaveLength(2);
  });
});

function Quiz() {
  useQuiet();
  return <p>a quiz</p>;
}

async function show(address: string) {
  vi.spyOn(globalThis, "fetch").mockImplementation(async () => Response.json(standing(2, award("first", 11))));
  const { News } = await import("./News");
  const client = new QueryClient();
  client.setQueryData(meQuery.queryKey, { id: "lena", time_zone: "UTC" } as Me);
  const layout = (
    <>
      <Outlet />
      <News />
    </>
  );
  const children = [
    { path: "/quiz", element: <Quiz /> },
    { path: "*", element: <p>elsewhere</p> },
  ];
  const router = createMemoryRouter([{ element: layout, children }], { initialEntries: [address] });
  render(
    <MantineProvider>
      <QueryClientProvider client={client}>
        <AcademyContext value={{ slug: "harbour", name: "Harbour" } as MyAcademy}>
          <RouterProvider router={router} />
        </AcademyContext>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return router;
}

describe("the card of news", () => {
  it("says one thing after the other, and goes by Escape and by its button", async () => {
    takeNews("lena", "harbour", standing(1));
    await show("/");
    expect(await screen.findByText("New achievement: Name of first")).toBeTruthy();
    expect(screen.getByRole("status").textContent).toContain("For first");
    expect(screen.getByRole("link", { name: "See your achievements" }).getAttribute("href")).toBe("/a/harbour/progress/achievements");
    await userEvent.keyboard("{Escape}");
    expect(await screen.findByText("Level 2 reached")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Close" }));
    await waitFor(() => expect(screen.getByRole("status").textContent).toBe(""));
  });

  it("waits until a quiz is over", async () => {
    takeNews("lena", "harbour", standing(1));
    const router = await show("/quiz");
    expect(await screen.findByText("a quiz")).toBeTruthy();
    expect(screen.getByRole("status").textContent).toBe("");
    await router.navigate("/");
    expect(await screen.findByText("New achievement: Name of first")).toBeTruthy();
  });
});
