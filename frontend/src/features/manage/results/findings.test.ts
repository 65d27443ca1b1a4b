import { expect, it } from "vitest";
import { highestBy, lowestBy, withoutEmptyEnds } from "./findings";

const counts = (...values: number[]) => values.map((count) => ({ count }));

it("finds the fullest and the emptiest, the first of equals", () => {
  const rows = [
    { id: "a", value: 2 },
    { id: "b", value: 5 },
    { id: "c", value: 5 },
    { id: "d", value: 2 },
  ];
  expect(highestBy(rows, (row) => row.value)?.id).toBe("b");
  expect(lowestBy(rows, (row) => row.value)?.id).toBe("a");
  expect(highestBy([], () => 0)).toBeUndefined();
});

it("drops empty buckets at the ends only", () => {
  expect(withoutEmptyEnds(counts(0, 0, 3, 0, 1, 0))).toEqual(counts(3, 0, 1));
  expect(withoutEmptyEnds(counts(0, 0))).toEqual([]);
  expect(withoutEmptyEnds(counts(4))).toEqual(counts(4));
});
