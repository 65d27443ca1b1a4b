import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

type Tree = { [key: string]: string | Tree };

const SRC = join(import.meta.dirname, "..");
const LOCALES = import.meta.dirname;
const PLURAL = /_(zero|one|two|few|many|other)$/;

function leaves(tree: Tree, path = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const here = path ? `${path}.${key}` : key;
    if (typeof value === "string") found.set(here, value);
    else for (const [inner, words] of leaves(value, here)) found.set(inner, words);
  }
  return found;
}

const catalogue = (file: string) => leaves(JSON.parse(readFileSync(join(LOCALES, file), "utf8")) as Tree);
const placeholders = (words: string) => [...words.matchAll(/\{\{(\w+)/g)].map((match) => match[1]).toSorted();
const base = (key: string) => key.replace(PLURAL, "");

const namespaces = readdirSync(LOCALES)
  .map((file) => /^en(\.\w+)?\.json$/.exec(file))
  .filter((match) => match !== null)
  .map((match) => ({ english: match[0], spanish: match[0].replace(/^en/, "es") }));

function sources(): { file: string; text: string }[] {
  return readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !/\.(test|d)\.tsx?$/.test(file))
    .map((file) => ({ file, text: readFileSync(join(SRC, file), "utf8") }));
}

describe.each(namespaces)("$english and $spanish", ({ english, spanish }) => {
  const en = catalogue(english);
  const es = catalogue(spanish);

  it("have the same keys", () => {
    // Spanish has a plural form that English lacks ("many").
    expect([...new Set([...es.keys()].map(base))].toSorted()).toEqual([...new Set([...en.keys()].map(base))].toSorted());
  });

  it("use the same placeholders", () => {
    const differing = [...en.keys()].filter((key) => {
      const translated = es.get(key);
      // "one" may name the number in words.
      if (translated === undefined || key.endsWith("_one")) return false;
      return placeholders(translated).join() !== placeholders(en.get(key) ?? "").join();
    });
    expect(differing).toEqual([]);
  });

  it("leave nothing empty and raise no voice", () => {
    const wrong = [...en, ...es].filter(([, words]) => words.trim() === "" || /[!¡]/.test(words));
    expect(wrong).toEqual([]);
  });
});

describe("keys used in code", () => {
  const known = new Map(namespaces.map(({ english }) => [english.split(".")[1] === "json" ? "app" : english.split(".")[1], catalogue(english)]));
  const exists = (namespace: string, key: string) => {
    const keys = [...(known.get(namespace)?.keys() ?? [])];
    return keys.some((each) => each === key || base(each) === key);
  };

  it("are all in the catalogue", () => {
    const missing: string[] = [];
    for (const { file, text } of sources()) {
      const namespace = /useTranslation\(\s*"(\w+)"/.exec(text)?.[1] ?? "app";
      for (const match of text.matchAll(/\bt\(\s*"([^"]+)"/g)) {
        const key = match[1] ?? "";
        const [space, name] = key.includes(":") ? (key.split(":") as [string, string]) : [namespace, key];
        if (!exists(space, name)) missing.push(`${file}: ${key}`);
      }
      // A computed key must at least stay within one existing branch.
      for (const match of text.matchAll(/\bt\(\s*`([^`$]*)\$\{/g)) {
        const branch = match[1] ?? "";
        const isBranch = branch !== "" && [...(known.get(namespace)?.keys() ?? [])].some((key) => key.startsWith(branch));
        if (!isBranch) missing.push(`${file}: ${branch}…`);
      }
    }
    expect(missing).toEqual([]);
  });
});
