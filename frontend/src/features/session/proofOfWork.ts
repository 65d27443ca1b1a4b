import type { ChallengeParameters } from "../../api/types";

export interface Solution {
  counter: number;
  derivedKey: string;
}

const SHARES = 50;

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function hexOf(buffer: ArrayBuffer): string {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Tries one counter after the other (ALTCHA v2, PBKDF2 with SHA-256). Undefined when none is the solution. */
export async function solve(
  parameters: ChallengeParameters,
  onShare: (share: number) => void,
): Promise<Solution | undefined> {
  const { cost, keyLength, keyPrefix } = parameters;
  const most = parameters.data.most ?? 0;
  const salt = bytesOf(parameters.salt);
  const nonce = bytesOf(parameters.nonce);
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  const view = new DataView(password.buffer);
  const step = Math.max(1, Math.floor(most / SHARES));
  for (let counter = 0; counter <= most; counter++) {
    view.setUint32(nonce.length, counter);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    const derivation = { name: "PBKDF2", salt, iterations: cost, hash: "SHA-256" };
    const derivedKey = hexOf(await crypto.subtle.deriveBits(derivation, key, keyLength * 8));
    if (derivedKey.startsWith(keyPrefix)) return { counter, derivedKey };
    if (counter % step === 0) onShare(counter / most);
  }
  return undefined;
}
