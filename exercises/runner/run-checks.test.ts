import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { CheckRunner } from "./run-checks.ts";

const folder = mkdtempSync(join(tmpdir(), "checks-"));
const check = join(folder, "check.test.ts");
const answer = join(folder, "exercise.ts");
writeFileSync(
  check,
  `import { describe, expect, test } from "vitest";
import { simulate } from "#runtime/testing";
import { double } from "./exercise.ts";
describe("double", () => {
  test("doubles in a process", () => {
    simulate(function* () {
      expect(double(2), "Doubling two gives four.\\nLook at the sign.").toBe(4);
    });
  });
  test("promises as well", async () => {
    expect(await Promise.resolve(double(1)), "one").toBe(2);
  });
});`,
);
const runner = new CheckRunner(2_000);
afterAll(() => {
  runner.close();
  rmSync(folder, { recursive: true });
});
const run = (text: string) => runner.run(check, answer, text);

test("a right answer passes every check, and what it prints comes along", async () => {
  const text = `export const double = (n: number) => { console.log("n", { n }); return 2 * n; };`;
  expect(await run(text)).toEqual({
    kind: "ran",
    outcomes: [
      { name: "double > doubles in a process", passed: true },
      { name: "double > promises as well", passed: true },
    ],
    printed: ["n { n: 2 }", "n { n: 1 }"],
  });
});

test("what an expect says inside a process is the assertion's message", async () => {
  const result = await run(`export const double = (n: number) => n + 3;`);
  expect(result).toMatchObject({
    kind: "ran",
    outcomes: [
      { passed: false, message: expect.stringContaining("Look at the sign.") },
      { passed: false, isAssertion: true },
    ],
  });
});

test("an answer that throws is told where", async () => {
  const text = `export const double = (n: number) => {\n  throw new TypeError("no");\n};`;
  expect(await run(text)).toMatchObject({
    outcomes: [
      { passed: false },
      { isAssertion: false, message: "TypeError: no", at: "exercise.ts:2" },
    ],
  });
});

test("a syntax error is shown with its line and a mark below the place", async () => {
  const result = await run(`export const double = (n => 2;`);
  expect(result).toEqual({
    kind: "broken",
    message: `exercise.ts:1: Expected ")" but found ";"\n\n  export const double = (n => 2;\n                               ^`,
  });
});

test("a missing export is named", async () => {
  const result = await run(`export const triple = 3;`);
  expect(result).toMatchObject({
    kind: "broken",
    message: expect.stringMatching(/^exercise\.ts does not export double,/),
  });
});

test("a throw while loading is a sentence", async () => {
  const result = await run(
    `export const double = 1;\nthrow new Error("at the top");`,
  );
  expect(result).toEqual({ kind: "broken", message: "at the top" });
});

test("an endless loop is stopped, and the next answer is checked as ever", async () => {
  const hasty = new CheckRunner(500);
  const endless = `export const double = () => { for (;;); };`;
  expect(await hasty.run(check, answer, endless)).toEqual({
    kind: "stuck",
    test: "double > doubles in a process",
    limitMs: 500,
  });
  hasty.close();
});

test("an answer that ends its process ends only its own check", async () => {
  expect(
    await run(`export const double = () => process.exit(0);`),
  ).toMatchObject({
    kind: "broken",
    message: expect.stringContaining("process.exit"),
  });
  const right = await run(`export const double = (n: number) => 2 * n;`);
  expect(right).toMatchObject({
    outcomes: [{ passed: true }, { passed: true }],
  });
});
