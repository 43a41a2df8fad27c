import { expect, test } from "vitest";
import { format } from "#runtime";

test("a wide object is cut short, and nothing is asked of what is left out", () => {
  const wide: Record<string, unknown> = {};
  for (let i = 0; i < 45; i++) wide[`k${i}`] = i;
  let asked = 0;
  Object.defineProperty(wide, "late", {
    enumerable: true,
    get: () => ++asked,
  });
  expect(format(wide)).toMatch(/^\{ k0: 0, k1: 1, .*k39: 39, … \}$/);
  expect(asked).toBe(0);
});

test("what cannot print itself is still printed", () => {
  class Sulking {
    toString(): string {
      throw new Error("no");
    }
  }
  expect(format(["a", new Sulking()])).toBe('["a", …]');
});
