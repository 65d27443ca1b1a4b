/** A hint while a password is written; the server decides. */
export type Hint = "empty" | "short" | "repeats" | "common" | "fair" | "good";

const SHORTEST = 12;
const GOOD = 16;
const SHORTEST_PART = 4;
/** What the most used passwords are made of. */
const COMMON = /password|contraseña|qwerty|azerty|asdfgh|123456|abcdef|letmein|welcome|iloveyou|admin|dragon|monkey/i;

export function hintOf(password: string, about: string[] = []): Hint {
  if (password === "") return "empty";
  if (password.length < SHORTEST) return "short";
  const written = password.toLowerCase();
  const parts = about.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((part) => part.length >= SHORTEST_PART);
  if (parts.some((part) => written.includes(part) && part.length * 2 >= written.length)) return "repeats";
  if (COMMON.test(written) || new Set(written).size < SHORTEST / 2) return "common";
  return password.length < GOOD ? "fair" : "good";
}
