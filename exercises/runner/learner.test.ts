import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Exercise, exercises } from "./catalogue.ts";
import { tiersOf } from "./hint.ts";
import { openInBrowser } from "./open.ts";
import { originalOf, originalsOf } from "./original.ts";
import { plain } from "./paint.ts";
import { pick, pickOne } from "./pick.ts";
import { afterVerdict, readProgress, writeProgress } from "./progress.ts";
import { invitation, nextOf, standing } from "./standing.ts";
import { firstOf } from "./type-errors.ts";
import { verdict } from "./verdict.ts";

const exercise = (id: string, name: string): Exercise => ({
  id,
  title: `Title of ${id}`,
  folder: `exercises/${name}`,
  stub: `/exercises/${name}/exercise.ts`,
  check: `/exercises/${name}/check.test.ts`,
});
const all = [
  exercise("01/01", "01-echo/01-greet"),
  exercise("02/01", "02-ping-pong/01-count-down"),
  exercise("02/02", "02-ping-pong/02-urgent"),
];

test("an exercise is found by number, loose number, and path", () => {
  const folder = String(all[1]?.folder);
  const windows = `.\\${folder.replaceAll("/", "\\")}\\`;
  const typed = ["02/01", "2/1", "02.01", "count-down", folder];
  const completed = [`./${folder}/`, `${folder}/exercise.ts`, windows];
  for (const word of [...typed, ...completed]) {
    expect(pick(String(word), all)).toEqual({
      kind: "exercise",
      exercise: all[1],
    });
  }
});

test("a chapter's number is a chapter, and never its like-numbered exercise", () => {
  for (const word of ["02", "2"]) {
    expect(pick(word, all)).toEqual({ kind: "chapter", chapter: "02" });
  }
  expect(pickOne("reset", "02", all)).toBe(
    "02 is a chapter. Name one of its exercises, like this: npm run reset 02/01",
  );
});

test("a word that fits nothing, or more than one, is a sentence", () => {
  const why = (word: string) => pickOne("hint", word, all);
  const like = "Name one like this: npm run hint 02/01";
  expect(why("09/01")).toBe(`There is no exercise 09/01. ${like}`);
  expect(why("09")).toBe(`There is no chapter with exercises 09. ${like}`);
  expect(why("ping-pong")).toBe(
    `More than one fits ping-pong: 02/01, 02/02. ${like}`,
  );
});

test("next is the first that is not done", () => {
  expect(nextOf(all, ["01/01"])?.id).toBe("02/01");
  expect(nextOf(all, ["02/01"])?.id).toBe("01/01");
  expect(nextOf(all, ["01/01", "02/01", "02/02"])).toBeUndefined();
  expect(invitation(all[1])).toBe(
    "Next: 02/01 Title of 02/01\n      exercises/02-ping-pong/01-count-down/exercise.ts",
  );
});

test("standing shows each chapter's exercises, done and to do", () => {
  expect(standing(all, ["02/02"])).toBe(
    "  01-echo       ○  0 of 1\n  02-ping-pong  ○●  1 of 2",
  );
});

test("a verdict can be taken back by a later one", () => {
  const none = { done: [], hints: {}, last: undefined };
  const passed = afterVerdict(none, "02/01", true);
  expect(passed).toEqual({ done: ["02/01"], hints: {}, last: "02/01" });
  expect(afterVerdict(passed, "02/01", false).done).toEqual([]);
});

test("progress outlives a restart, and an unreadable file is put aside", () => {
  const folder = mkdtempSync(join(tmpdir(), "progress-"));
  const file = join(folder, ".progress.json");
  const warnings: string[] = [];
  const warn = (line: string) => void warnings.push(line);
  const progress = { done: ["01/01"], hints: { "02/01": 2 }, last: "02/01" };
  writeProgress(progress, file);
  expect(readProgress(warn, file)).toEqual(progress);
  writeFileSync(file, "{ not json");
  expect(readProgress(warn, file).done).toEqual([]);
  expect(readFileSync(`${file}.unreadable`, "utf8")).toBe("{ not json");
  expect(warnings).toHaveLength(1);
  rmSync(folder, { recursive: true });
});

test("hints come in tiers", () => {
  const text = "# Hints\n\n## Where to look\n\na\n\n## What to change\n\nb\n";
  expect(tiersOf(text)).toEqual(["Where to look\n\na", "What to change\n\nb"]);
});

test("the verdict tells the first trouble whole and names the others", () => {
  const failed = { passed: false, isAssertion: true, at: undefined } as const;
  const text = verdict(
    all[0] as Exercise,
    {
      kind: "ran",
      outcomes: [
        { name: "it greets", passed: true },
        { ...failed, name: "it echoes", message: "The rule.\nThe exchange." },
        { ...failed, name: "it closes", message: "Only an echo of the first." },
      ],
      printed: ["hello"],
    },
    plain,
  );
  expect(text).toBe(`01/01 Title of 01/01

  ✓ it greets
  ✗ it echoes

      The rule.
      The exchange.

  ✗ it closes

  Your code printed:
    hello

  Stuck? npm run hint 01/01`);
});

test("a mishap stands in the place of what the check would guess", () => {
  const failed = { passed: false, isAssertion: true, at: undefined } as const;
  const message = "The rule.\n\nWhat happened:\nnothing\n\nA wrong guess.";
  const mishap = "exercise.ts:3: it threw.";
  const outcomes = [{ ...failed, name: "it greets", message, mishap }];
  const result = { kind: "ran", outcomes, printed: [] } as const;
  const text = verdict(all[0] as Exercise, result, plain);
  expect(text).toContain(
    "      The rule.\n\n      It did not come to that:\n      exercise.ts:3: it threw.\n",
  );
  expect(text).not.toContain("guess");
});

test("a right answer whose TODO is still there is told about it", () => {
  const outcomes = [{ name: "it greets", passed: true }] as const;
  const result = { kind: "ran", outcomes, printed: [] } as const;
  const of = (left: boolean) =>
    verdict(all[0] as Exercise, result, plain, left);
  expect(of(false)).toContain("Right. Every check holds.");
  expect(of(false)).not.toContain("TODO");
  expect(of(true)).toContain("The TODO(you) is still in the file");
});

test("no browser is opened where there is none to open", () => {
  const url = "http://127.0.0.1:1/";
  const on = (env: NodeJS.ProcessEnv) =>
    openInBrowser(url, { platform: "linux", env });
  expect(on({})).toBe(false);
  expect(on({ DISPLAY: ":0", SSH_CONNECTION: "1" })).toBe(false);
  expect(on({ DISPLAY: ":0", CI: "1" })).toBe(false);
});

test("the stubs of many are the stubs that are found one by one", () => {
  const [first = "", second = ""] = exercises().map(({ folder }) => folder);
  const folders = [first, "exercises/nowhere/at-all", second];
  const stubs = originalsOf(folders);
  expect(folders.map((folder) => stubs.get(folder))).toEqual([
    originalOf(first),
    undefined,
    originalOf(second),
  ]);
});

test("the compiler's complaints come in short, and only those about the answer", () => {
  const output = `runtime/x.ts(1,1): error TS1: Not the learner's.
exercises/a/exercise.ts(27,15): error TS2769: No overload matches this call.
  The last overload gave the following error.
    Argument of type '"Stop"' is not assignable to parameter of type 'ToPong'.
exercises/a/exercise.ts(30,1): error TS2304: Cannot find name 'pid'.
exercises/a/exercise.ts(31,1): error TS2304: Cannot find name 'pid'.
exercises/a/exercise.ts(32,1): error TS2304: Cannot find name 'pid'.
`;
  expect(firstOf(output, ["exercises/a/exercise.ts"])).toBe(
    `exercise.ts:27: Argument of type '"Stop"' is not assignable to parameter of type 'ToPong'.
exercise.ts:30: Cannot find name 'pid'.
exercise.ts:31: Cannot find name 'pid'.
… and 1 more`,
  );
  expect(firstOf("", ["exercises/a/exercise.ts"])).toBe("");
});
