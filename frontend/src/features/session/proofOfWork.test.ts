import { describe, expect, it } from "vitest";
import { solve } from "./proofOfWork";

/** A challenge of the server's library with the solution that it found. */
const PARAMETERS = {
  algorithm: "PBKDF2/SHA-256",
  cost: 1000,
  keyLength: 32,
  keyPrefix: "b7bd52b0015f81f2545072915b36f555",
  keySignature: "",
  nonce: "8be2352947c26869a48c8e97d30e66cc",
  salt: "626a710b97f2a167276e96eb84d8a75e",
  expiresAt: 0,
  data: { most: 20 },
};

describe("solve", () => {
  it("finds what the server's library finds, and says how far it is", async () => {
    const shares: number[] = [];
    expect(await solve(PARAMETERS, (share) => shares.push(share))).toEqual({
      counter: 7,
      derivedKey: "b7bd52b0015f81f2545072915b36f55511e237466139df30a01667be5130f7ad",
    });
    expect(shares).toEqual([0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3]);
  });

  it("ends where there is no solution", async () => {
    expect(await solve({ ...PARAMETERS, keyPrefix: "ff".repeat(16) }, () => undefined)).toBeUndefined();
  });
});
