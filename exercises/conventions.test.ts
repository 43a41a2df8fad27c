import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { exercises } from "./runner/catalogue.ts";
import { tiersOf } from "./runner/hint.ts";
import { originalsOf } from "./runner/original.ts";
import { isPassed, type Outcome, type Result } from "./runner/outcome.ts";
import { root } from "./runner/root.ts";
import { CheckRunner } from "./runner/run-checks.ts";

// What every exercise promises: its stub fails at an assertion, every right
// answer passes, and every wrong one is caught by the check that it names.
// All of them in one runtime: the book's own answers leave nothing behind.
const sharesRuntime = true;
const runner = new CheckRunner(5_000, sharesRuntime);
afterAll(() => runner.close());

const all = exercises();
const originals = originalsOf(all.map(({ folder }) => folder));

describe.each(all.map((exercise) => [exercise.folder, exercise] as const))(
  "%s",
  (folder, exercise) => {
    const here = join(root, folder);
    const read = (name: string) => readFileSync(join(here, name), "utf8");
    const [, chapter = "", name = ""] = folder.split("/");
    const solutions = join(root, "solutions", chapter);
    const right = existsSync(solutions)
      ? readdirSync(solutions).filter(
          (file) => file === `${name}.ts` || file.startsWith(`${name}.alt-`),
        )
      : [];
    const wrong = existsSync(join(here, "wrong"))
      ? readdirSync(join(here, "wrong")).filter((file) => file.endsWith(".ts"))
      : [];
    const check = (file: string) => runner.run(exercise.check, file);
    const original = originals.get(folder);
    const stub = original ?? "";
    // Begun, and no history: the stub is not here to be looked at.
    const isGone = original === undefined;

    test("has a page, three tiers of hints, and answers", () => {
      const readme = read("README.md");
      expect(readme, "README.md begins with a title").toMatch(/^# \S/);
      expect(readme).toContain("\n## What you have seen\n");
      expect(readme.trimEnd().split("\n").length).toBeLessThanOrEqual(45);
      const headings = tiersOf(read("hints.md")).map(
        (tier) => tier.split("\n")[0],
      );
      expect(headings).toEqual([
        "Where to look",
        "What to change",
        "Almost there",
      ]);
      expect(right).toContain(`${name}.ts`);
      expect(right.length, "another right answer").toBeGreaterThanOrEqual(2);
      expect(wrong.length, "four wrong answers").toBeGreaterThanOrEqual(4);
    });

    test.skipIf(isGone)("gives none of the solution away in its hints", () => {
      const solution = readFileSync(join(solutions, `${name}.ts`), "utf8");
      const lines = (text: string) =>
        text.split("\n").map((line) => line.trim());
      const fresh = lines(solution).filter(
        (line) => line.length > 12 && !lines(stub).includes(line),
      );
      const hints = read("hints.md");
      expect(fresh.filter((line) => hints.includes(line))).toEqual([]);
    });

    test.skipIf(isGone)(
      "its stub has one TODO(you), and fails at an assertion",
      async () => {
        expect(
          stub.split("TODO(you)").length - 1,
          "TODO(you) in the stub",
        ).toBe(1);
        const result = await runner.run(exercise.check, exercise.stub, stub);
        const failures = failuresOf(result);
        expect(failures.length, "a stub is not an answer").toBeGreaterThan(0);
        expectAssertions(failures);
      },
    );

    test.concurrent.each(right)("solution %s passes", async (file) => {
      const result = await check(join(solutions, file));
      expect(failuresOf(result)).toEqual([]);
      expect(isPassed(result), "it is checked at all").toBe(true);
      const outcomes = result.kind === "ran" ? result.outcomes : [];
      const notes = outcomes.map((one) => one.passed && one.note);
      expect(notes.filter(Boolean), "nothing is done in vain").toEqual([]);
    });

    test("its wrong answers are caught by more than one check", () => {
      const checks = wrong.map((file) => caughtBy(read(`wrong/${file}`)));
      expect(new Set(checks).size).toBeGreaterThan(1);
    });

    test.concurrent.each(wrong)(
      "wrong/%s is caught where it says",
      async (file) => {
        const text = read(`wrong/${file}`);
        const misconception = /^\/\/ Misconception: (.+)$/m.exec(text)?.[1];
        expect(misconception, "its first line").toBeTruthy();
        expect(caughtBy(text), "its second line").toBeTruthy();
        const answer = join(here, "wrong", file);
        const result = await runner.run(exercise.check, answer, text, true);
        const failures = failuresOf(result);
        expect(failures[0]?.name, `${basename(file)} is caught`).toBe(
          caughtBy(text),
        );
        expectAssertions(failures.slice(0, 1));
      },
    );
  },
);

/** The check that a wrong answer says it is caught by. */
function caughtBy(text: string): string | undefined {
  return /^\/\/ Caught by: (.+)$/m.exec(text)?.[1];
}

type Failure = Extract<Outcome, { passed: false }>;

function failuresOf(result: Result): Failure[] {
  if (result.kind !== "ran") throw new Error(JSON.stringify(result));
  return result.outcomes.filter((outcome) => !outcome.passed);
}

function expectAssertions(failures: readonly Failure[]): void {
  for (const { name, isAssertion, message } of failures) {
    expect(isAssertion, `"${name}" fails at an assertion: ${message}`).toBe(
      true,
    );
    // The bare text of an expect says what differs, never why it matters.
    expect(message, `"${name}" says why`).not.toMatch(/^expected /);
  }
}
