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
const runner = new CheckRunner();
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

test.each([
  [
    "an import that nobody exports",
    `import { sapwn } from "#runtime";\nexport const double = () => sapwn();`,
    'exercise.ts imports sapwn from "#runtime", and there is no such thing in it. Was spawn meant?',
  ],
  [
    "a door that is not there",
    `import { connect } from "#runtime/nett";\nexport const double = connect;`,
    'There is no "#runtime/nett" to import from. There are #runtime, #runtime/net,',
  ],
  [
    "the runtime by a path",
    `import { Exit } from "../runtime/index.ts";\nexport const double = Exit;`,
    'The answer imports "../runtime/index.ts". Import from "#runtime"',
  ],
  [
    "an await in a body",
    "export function* double(self) {\n  await self.receive();\n}",
    "for a promise there is yield* self.wait(promise).",
  ],
  [
    "a forgotten star",
    "export function double(self) {\n  yield* self.receive();\n}",
    "exercise.ts:2: ",
  ],
  ["an empty file", "", "exercise.ts does not export double,"],
])("%s is a sentence", async (_, text, says) => {
  const result = await run(text);
  expect(result).toMatchObject({
    kind: "broken",
    message: expect.stringContaining(says),
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

const endless = `export const double = () => { for (;;); };`;

test("an endless loop is stopped by the clock", async () => {
  const hasty = new CheckRunner(100);
  expect(await hasty.run(check, answer, endless)).toMatchObject({
    kind: "stuck",
    limitMs: 100,
  });
  hasty.close();
});

test("an endless test is named, with those before it, and harms no later answer", async () => {
  // Each answer has a limit to load and one for each of its two tests. Those
  // for the first test of the first and the second of the third one end.
  let started = 0;
  const runner = new CheckRunner(500, false, (_ms, stop) => {
    if (++started === 2 || started === 8) setImmediate(stop);
    return () => {};
  });
  expect(await runner.run(check, answer, endless)).toEqual({
    kind: "stuck",
    test: "double > doubles in a process",
    outcomes: [],
    limitMs: 500,
  });
  const right = `export const double = (n: number) => 2 * n;`;
  expect(await runner.run(check, answer, right)).toMatchObject({
    outcomes: [{ passed: true }, { passed: true }],
  });
  // Stuck too, and leaves the processor to others.
  const endsFirst = `const cell = new Int32Array(new SharedArrayBuffer(4));
let calls = 0;
export const double = () => calls++ === 0 ? 4 : Atomics.wait(cell, 0, 0);`;
  expect(await runner.run(check, answer, endsFirst)).toMatchObject({
    kind: "stuck",
    test: "double > promises as well",
    outcomes: [{ name: "double > doubles in a process", passed: true }],
  });
  runner.close();
});

test("an answer that ends its process ends only its own check", async () => {
  expect(
    await run(`export const double = () => process.exit(0);`),
  ).toMatchObject({
    kind: "broken",
    test: "double > doubles in a process",
    message: expect.stringContaining("process.exit"),
  });
  const right = await run(`export const double = (n: number) => 2 * n;`);
  expect(right).toMatchObject({
    outcomes: [{ passed: true }, { passed: true }],
  });
});

/** A check that spawns the answer's body in a simulation. */
const saysHello = (play: "simulate" | "trial") => {
  const file = join(folder, `${play}.test.ts`);
  writeFileSync(
    file,
    `import { expect, test } from "vitest";
import { ${play} } from "#runtime/testing";
import { body } from "./exercise.ts";
test("it says hello", () => {
  const said: string[] = [];
  ${play}(function* main(self) {
    self.spawn(body, (word: string) => void said.push(word));
    yield* self.sleep(1);
  }, { seed: 0 });
  expect(said, "It says hello.\\n\\nLook at the word.").toEqual(["hello"]);
});`,
  );
  return file;
};
const mishap = saysHello("simulate");
const tried = saysHello("trial");

test.each([
  [
    "a body that is called and never run",
    `function* greet(self, say) { say("hello"); }
export function* body(self, say) {
  greet(self, say);
}`,
    "exercise.ts:3: greet(…) is called here, and nobody runs it.",
  ],
  [
    "a body that is called where spawn wants the body itself",
    `function* greet(self, say) { say("hello"); }
export function* body(self, say) {
  self.spawn(greet(self, say));
}`,
    "exercise.ts:3: greet(…) is called here, and what spawn wants is the body itself",
  ],
  [
    "a throw that nobody caught",
    `export function* body(self, say) {
  self.sya("hello");
}`,
    "exercise.ts:2: body threw, and nobody caught it:\nTypeError: self.sya",
  ],
])("%s is told before the check's own guess", async (_, text, told) => {
  for (const check of [mishap, tried]) {
    expect(await runner.run(check, answer, text)).toMatchObject({
      outcomes: [{ isAssertion: true, mishap: expect.stringContaining(told) }],
    });
  }
});

test.each([
  ["handed on", "return greet(self, say);"],
  ["run inside", "yield* greet(self, say);"],
  [
    "the end of a clause",
    "return yield* self.receive({}, after(0, () => greet(self, say)));",
  ],
  ["called with more than it takes", "return [greet(self, say, 1, 2)][0];"],
])("a body that is run is no mishap: %s", async (_, line) => {
  const text = `import { after } from "#runtime";
function* greet(self, say) { say("good morning"); }
export const other = { *method(self, ...words) { yield* greet(self, ...words); } };
export function* body(self, say) { ${line} }`;
  const result = await runner.run(mishap, answer, text);
  expect(result).toMatchObject({ outcomes: [{ isAssertion: true }] });
  expect(result).not.toMatchObject({
    outcomes: [{ mishap: expect.anything() }],
  });
});

test("what an answer does in vain is noted though every check holds", async () => {
  const text = `function* log(self) { yield* self.sleep(1); }
export function* body(self, say) {
  log(self);
  say("hello");
}`;
  const result = await runner.run(mishap, answer, text);
  expect(result).toMatchObject({
    outcomes: [
      {
        passed: true,
        note: expect.stringContaining("exercise.ts:3: log(…) is called here"),
      },
    ],
  });
});

test("a rejected promise of an answer is told, and harms no later answer", async () => {
  const late = new CheckRunner();
  const text =
    "export const double = async () => { throw new Error('late'); };";
  expect(await late.run(check, answer, text)).toMatchObject({
    outcomes: [
      {
        passed: false,
        mishap: expect.stringContaining(
          "late\nIt was thrown outside of any process",
        ),
      },
      { passed: false },
    ],
  });
  const ticks = `let ticked;
setInterval(() => { ticked?.(); throw new Error("tick"); }, 1);
export const double = (n) => new Promise((resolve) => { ticked = () => resolve(n); });`;
  expect(await late.run(check, answer, ticks)).toMatchObject({
    outcomes: [{ passed: false }, { passed: false }],
  });
  const right = "export const double = (n) => 2 * n;";
  expect(await late.run(check, answer, right)).toMatchObject({
    outcomes: [{ passed: true }, { passed: true }],
  });
  late.close();
});
