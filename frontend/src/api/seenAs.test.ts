import { afterEach, beforeEach, expect, it, vi } from "vitest";

const answer = (isSeenAs: boolean) => new Response(null, { headers: isSeenAs ? { "X-Seen-As": "1" } : {} });
const assign = vi.fn<(address: string) => void>();

beforeEach(() => {
  vi.resetModules();
  assign.mockClear();
  vi.stubGlobal("location", { assign });
});

afterEach(() => vi.unstubAllGlobals());

it.each([true, false])("leaves the page alone while nothing changes (%s)", async (isSeenAs) => {
  const { noticeSeenAs } = await import("./seenAs");
  noticeSeenAs(answer(isSeenAs));
  noticeSeenAs(answer(isSeenAs));
  expect(assign).not.toHaveBeenCalled();
});

it.each([true, false])("loads a page anew that is from before (%s)", async (isSeenAs) => {
  const { noticeSeenAs } = await import("./seenAs");
  noticeSeenAs(answer(isSeenAs));
  noticeSeenAs(answer(!isSeenAs));
  expect(assign).toHaveBeenCalledExactlyOnceWith("/");
});
