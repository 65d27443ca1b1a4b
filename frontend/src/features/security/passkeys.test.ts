import { describe, expect, it } from "vitest";
import { bytesOf, textOf } from "./passkeys";

describe("base64url", () => {
  it.each([[[]], [[0]], [[255, 254, 253]], [[62, 63, 250, 251]], [[1, 2, 3, 4, 5]]])("carries %j there and back", (bytes) => {
    const text = textOf(new Uint8Array(bytes).buffer);
    expect(text).toMatch(/^[\w-]*$/);
    expect([...bytesOf(text)]).toEqual(bytes);
  });
});
