import { QueryClient } from "@tanstack/react-query";
import { afterEach, describe, expect, it, vi } from "vitest";
import { attemptsQuery, createDelivery, fetchResultsFile, placeRow, rowAtHand } from "./manage";
import type { DeliveryIn, LiveRow } from "./manageTypes";

const row: LiveRow = {
  id: "a1",
  learner: { id: "l1", name: "Ana", email: "ana@example.org" },
  number: 1,
  state: "in_progress",
  started_at: null,
  submitted_at: null,
  deadline_at: null,
  remaining_seconds: 600,
  answered: 3,
  total: 10,
  last_seen_at: null,
  extra_minutes: 0,
  incidents: 0,
  score: null,
};

function answers(...responses: Response[]) {
  const send = vi.fn<typeof fetch>();
  for (const response of responses) send.mockResolvedValueOnce(response);
  vi.stubGlobal("fetch", send);
  return send;
}

const page = (etag: string) =>
  new Response(JSON.stringify({ next: null, previous: null, results: [row] }), {
    headers: { ETag: etag, "Content-Type": "application/json" },
  });

const headersOf = (send: ReturnType<typeof answers>, call: number) => send.mock.calls[call]?.[1]?.headers as Record<string, string>;

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("the live list", () => {
  const options = attemptsQuery("nova", "d1", { state: "in_progress", search: "Ana" });

  it("asks with the ETag, and what has not changed keeps the moment it was received", async () => {
    vi.useFakeTimers({ now: 1_000, toFake: ["Date"] });
    const send = answers(page('"1"'), new Response(null, { status: 304 }), page('"2"'));
    const client = new QueryClient();
    await client.fetchInfiniteQuery(options);
    expect(send.mock.calls[0]?.[0]).toBe(
      "/api/v1/academies/nova/deliveries/d1/attempts/?page_size=100&state=in_progress&search=Ana",
    );
    expect(headersOf(send, 0)).not.toHaveProperty("If-None-Match");

    vi.setSystemTime(6_000);
    const unchanged = await client.fetchInfiniteQuery(options);
    expect(headersOf(send, 1)).toHaveProperty("If-None-Match", '"1"');
    expect(unchanged.pages[0]).toMatchObject({ receivedAt: 1_000, results: [row] });

    vi.setSystemTime(11_000);
    const changed = await client.fetchInfiniteQuery(options);
    expect(changed.pages[0]).toMatchObject({ receivedAt: 11_000, etag: '"2"' });
  });

  it("takes a row that was just answered, and asks without an ETag next time", async () => {
    const send = answers(page('"1"'), page('"2"'));
    const client = new QueryClient();
    await client.fetchInfiniteQuery(options);
    placeRow(client, "nova", "d1", { ...row, state: "paused" });
    expect(rowAtHand(client, "nova", "d1", "a1")?.row.state).toBe("paused");
    await client.fetchInfiniteQuery(options);
    expect(headersOf(send, 1)).not.toHaveProperty("If-None-Match");
  });
});

it("sends the key of the form with each try at creating", async () => {
  document.cookie = "csrftoken=abc";
  const send = answers(Response.json({}), Response.json({}));
  await createDelivery("nova", {} as DeliveryIn, "one-key");
  await createDelivery("nova", {} as DeliveryIn, "one-key");
  expect([headersOf(send, 0), headersOf(send, 1)].map((headers) => headers["Idempotency-Key"])).toEqual(["one-key", "one-key"]);
});

it("names the exported file as the server does", async () => {
  answers(
    new Response("learner\n", { headers: { "Content-Disposition": 'attachment; filename="mock-exam.csv"' } }),
    new Response("learner\n"),
  );
  expect((await fetchResultsFile("nova", "d1")).name).toBe("mock-exam.csv");
  expect((await fetchResultsFile("nova", "d1")).name).toBe("results.csv");
});
