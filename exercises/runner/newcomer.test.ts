import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FreshCopy } from "./fresh-copy.ts";
import { root } from "./root.ts";

// What somebody meets who has just cloned the book, in a clone of its own with
// real processes: the page, the watcher, a right answer, wrong ones, help.
const isMissing = spawnSync("git", ["--version"]).error !== undefined;
const why = isMissing ? "no git on this machine" : "in a clone";
const exercise = "exercises/02-ping-pong/01-count-down";
const wrong = join(root, exercise, "wrong/silent-end.ts");
const solution = join(root, "solutions/02-ping-pong/01-count-down.ts");

describe.skipIf(isMissing && !process.env.CI)(`a newcomer (${why})`, () => {
  let copy: FreshCopy;
  let answer = "";
  beforeAll(() => {
    copy = new FreshCopy();
    answer = join(copy.root, exercise, "exercise.ts");
  }, 60_000);
  afterAll(() => copy?.remove());

  test("npm start serves the book, says what is next, and answers each save", async () => {
    const started = copy.run("exercises/runner/start.ts", "--no-open");
    const address = await started.printed(/The book: +(http:\/\/127\S+)/);
    await started.printed(/Next: \d\d\/\d\d .+\n +exercises\/.+\/exercise\.ts/);
    await started.printed(/Save an exercise to have it checked/);
    const page = await fetch(`${address}02-ping-pong/`);
    expect(page.status).toBe(200);
    const html = await page.text();
    expect(html).toContain("Ping-pong");
    // What is wrong with the book, any page of it, is told on each of them.
    expect(/id="build-error".*?>([^<]*)/s.exec(html)?.[1] ?? "").toBe("");

    let from = started.output.length;
    cpSync(solution, answer);
    await started.printed(/Right\. Every check holds\.[\s\S]*Next:/, from);

    from = started.output.length;
    cpSync(wrong, answer);
    const said = await started.printed(/✗[\s\S]*npm run hint 02\/01/, from);
    // A sentence about the rule, not a bare difference and not a stack.
    expect(said).not.toMatch(/^\s+expected /m);
    expect(said).not.toMatch(/^\s+at .*:\d+:\d+/m);

    from = started.output.length;
    const untyped = readFileSync(solution, "utf8").replace("times - 1", '"1"');
    writeFileSync(answer, untyped);
    await started.printed(
      /TypeScript does not agree:\n +exercise\.ts:\d+: Argument of type/,
      from,
    );

    from = started.output.length;
    writeFileSync(answer, "export function* ping( {");
    await started.printed(/cannot be loaded yet[\s\S]*exercise\.ts:1/, from);

    from = started.output.length;
    cpSync(solution, answer);
    await started.printed(/Right\. Every check holds\./, from);
    await started.stop();
    expect(started.output).not.toContain("    at ");
  }, 60_000);

  test("npm test says the same of an answer, and counts it", async () => {
    cpSync(wrong, answer);
    const failing = copy.run("exercises/runner/test.ts", "02/01");
    expect(await failing.ended()).toBe(1);
    expect(failing.output).toMatch(
      /✗ after the last round[\s\S]*Nobody told pong/,
    );
    expect(failing.output).toMatch(/\n1 passed, 3 failed\n$/);
    cpSync(solution, answer);
    const passing = copy.run("exercises/runner/test.ts", "02/01");
    expect(await passing.ended()).toBe(0);
    expect(passing.output).toMatch(/Right\.[\s\S]*\n4 passed, 0 failed\n$/);
    const unknown = copy.run("exercises/runner/test.ts", "99");
    await unknown.printed(/^There is no chapter with exercises 99\. Name/);
    expect(await unknown.ended()).toBe(1);
  }, 60_000);

  test("progress is there the next day, and reset keeps what was written", async () => {
    const progress = () =>
      JSON.parse(readFileSync(join(copy.root, ".progress.json"), "utf8"));
    expect(progress().done).toEqual(["02/01"]);
    const hint = copy.run("exercises/runner/hint.ts", "02/01");
    await hint.printed(/hint 1 of 3\n\nWhere to look/);
    expect(await hint.ended()).toBe(0);
    const reset = copy.run("exercises/runner/reset.ts", "02/01");
    await reset.printed(/Your text is kept as exercise\.mine-1\.ts/);
    expect(await reset.ended()).toBe(0);
    expect(readFileSync(answer, "utf8")).toContain("TODO(you)");
    const kept = join(copy.root, exercise, "exercise.mine-1.ts");
    expect(existsSync(kept)).toBe(true);
    expect(progress()).toEqual({
      done: [],
      hints: { "02/01": 1 },
      last: "02/01",
    });
  }, 60_000);

  test("an unknown exercise is one clear line", async () => {
    const hint = copy.run("exercises/runner/hint.ts", "77/77");
    await hint.printed(/^There is no exercise 77\/77\. Name one like this/);
    expect(await hint.ended()).toBe(1);
  });
});
