import { afterEach, describe, expect, it, vi } from "vitest";
import { onStepUp, request } from "./client";

const refusal = () =>
  new Response(JSON.stringify({ title: "", status: 403, code: "step_up_required", methods: ["password"] }), {
    status: 403,
    headers: { "Content-Type": "application/problem+json" },
  });
const answer = () => new Response(JSON.stringify({ done: true }), { status: 200 });

function server(...responses: Response[]) {
  const asked = vi.fn<() => Promise<Response>>(async () => responses.shift() ?? refusal());
  vi.stubGlobal("fetch", asked);
  return asked;
}

afterEach(() => {
  onStepUp(null);
  vi.unstubAllGlobals();
});

describe("a request that needs a fresh proof", () => {
  it("is sent again once the person has proved who they are", async () => {
    const asked = server(refusal(), answer());
    const prove = vi.fn<(methods: string[]) => Promise<boolean>>(async () => true);
    onStepUp(prove);
    await expect(request("/me/")).resolves.toEqual({ done: true });
    expect(prove).toHaveBeenCalledExactlyOnceWith(["password"]);
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it("is refused when they would rather not, and when nobody asks", async () => {
    server();
    await expect(request("/me/")).rejects.toMatchObject({ code: "step_up_required" });
    onStepUp(async () => false);
    await expect(request("/me/")).rejects.toMatchObject({ code: "step_up_required" });
  });

  it("does not ask for ever", async () => {
    server();
    const prove = vi.fn<(methods: string[]) => Promise<boolean>>(async () => true);
    onStepUp(prove);
    await expect(request("/me/")).rejects.toMatchObject({ code: "step_up_required" });
    expect(prove).toHaveBeenCalledTimes(1);
  });

  it("asks once for several at the same time", async () => {
    server(refusal(), refusal(), answer(), answer());
    const prove = vi.fn<(methods: string[]) => Promise<boolean>>(async () => true);
    onStepUp(prove);
    await Promise.all([request("/me/"), request("/session/")]);
    expect(prove).toHaveBeenCalledTimes(1);
  });
});
