import fc from "fast-check";
import { expect, test } from "vitest";
import { Few } from "./few.ts";

const keys = [{ a: 1 }, { b: 2 }, { c: 3 }];
const step = fc.record({
  key: fc.constantFrom(...keys),
  value: fc.option(fc.nat(), { nil: undefined }),
});

test("few entries are what a map would have, in the same order", () => {
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const few = new Few<object, number>();
      const map = new Map<object, number>();
      for (const { key, value } of steps) {
        if (value === undefined) {
          expect(few.delete(key)).toBe(map.delete(key));
        } else {
          few.set(key, value);
          map.set(key, value);
        }
        expect(few.size).toBe(map.size);
        expect(few.get(key)).toBe(map.get(key));
      }
      expect([...few]).toEqual([...map]);
      expect([...few.keys()]).toEqual([...map.keys()]);
      expect([...few.values()]).toEqual([...map.values()]);
    }),
    { seed: 1, numRuns: 200 },
  );
});

test("the first of many may go while they are gone through", () => {
  const few = new Few<object, number>();
  for (const key of keys) few.set(key, 1);
  for (const [key] of few) few.delete(key);
  expect(few.size).toBe(0);
});
