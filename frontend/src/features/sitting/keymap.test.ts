import { describe, expect, it } from "vitest";
import { commandOf } from "./keymap";

const place = { isInText: false, isMac: false, hasSingleKeys: true };
const press = (key: Partial<KeyboardEvent>) => ({
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  code: "",
  key: "",
  ...key,
});

describe("commandOf", () => {
  it("knows the keys with Alt by their place on the keyboard", () => {
    expect(commandOf(press({ altKey: true, code: "KeyN" }), place)).toEqual({ kind: "next" });
    expect(commandOf(press({ altKey: true, code: "KeyP" }), place)).toEqual({ kind: "previous" });
    expect(commandOf(press({ altKey: true, code: "KeyF" }), { ...place, isInText: true })).toEqual({ kind: "flag" });
  });

  it("leaves AltGr and the Mac's Option in a text to typing", () => {
    expect(commandOf(press({ altKey: true, ctrlKey: true, code: "KeyN" }), place)).toBeNull();
    expect(commandOf(press({ altKey: true, code: "KeyN" }), { ...place, isMac: true, isInText: true })).toBeNull();
  });

  it("takes numbers and ? only outside text fields, and not when they are switched off", () => {
    expect(commandOf(press({ code: "Digit3", key: "3" }), place)).toEqual({ kind: "choose", option: 3 });
    expect(commandOf(press({ code: "Digit3", key: "#", shiftKey: true }), place)).toEqual({ kind: "strike", option: 3 });
    expect(commandOf(press({ key: "?" }), place)).toEqual({ kind: "help" });
    expect(commandOf(press({ code: "Digit3", key: "3" }), { ...place, isInText: true })).toBeNull();
    expect(commandOf(press({ key: "?" }), { ...place, hasSingleKeys: false })).toBeNull();
    expect(commandOf(press({ code: "Digit9", key: "9" }), place)).toBeNull();
  });
});
