import { expect, it } from "vitest";
import { hintOf } from "./strength";

it.each([
  ["", "empty"],
  ["short", "short"],
  ["password1234", "common"],
  ["aaaaaaaaaaaaaa", "common"],
  ["nadia-example", "fair"],
  ["quiet-orchard", "fair"],
  ["quiet-orchard-at-noon", "good"],
])("%s is %s", (password, hint) => {
  expect(hintOf(password)).toBe(hint);
});

it("does not like a password that repeats who the person is", () => {
  expect(hintOf("featherstone1", ["Ada Featherstone"])).toBe("repeats");
  expect(hintOf("featherstone1", ["Lena Novak", "lena@harbour.example"])).toBe("fair");
});
