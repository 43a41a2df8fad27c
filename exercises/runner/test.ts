import { existsSync } from "node:fs";
import { join } from "node:path";
import { foldersIn } from "../../site/catalogue.ts";
import { type Exercise, exercises, isBegun } from "./catalogue.ts";
import type { Count } from "./count-reporter.ts";
import { judge } from "./judge.ts";
import { isPassed } from "./outcome.ts";
import { paintFor } from "./paint.ts";
import { pick } from "./pick.ts";
import { readProgress, writeProgress } from "./progress.ts";
import { root } from "./root.ts";
import { CheckRunner } from "./run-checks.ts";
import { runVitest } from "./run-vitest.ts";
import { invitation, nextOf, standing } from "./standing.ts";
import { typeErrors, typesSay } from "./type-errors.ts";

// `npm test [02 | 02/01 | a path]`: the book's own tests with vitest and the
// learner's answers with the runner that the watcher has, or what belongs to
// one chapter, one exercise or one path. The last line counts.
const words = process.argv.slice(2);
const flags = words.filter((word) => word.startsWith("-"));
const wanted = words.filter((word) => !word.startsWith("-"));
const paint = paintFor(process.stdout);
const all = exercises();
const [word] = wanted;
const chapters = foldersIn(join(root, "chapters"));
const NOT_BEGUN =
  "  This one is to do: its TODO(you) is still there, so it does not count.";

if (flags.some((flag) => flag === "--help" || flag === "-h")) tellHow();
else if (word === undefined) await testBook(all, []);
else {
  const isPath = !/^\d/.test(word) && existsSync(join(root, word));
  // Of an exercise, or of the book's own tests, as vitest takes it.
  if (isPath && pick(word, all).kind === "nothing") {
    await testBook([], wanted);
  } else await testPicked(word);
}

async function testPicked(word: string): Promise<void> {
  const chapter = `${word.padStart(2, "0")}-`;
  if (chapters.some((name) => name.startsWith(chapter))) {
    const its = all.filter(({ folder }) =>
      folder.split("/")[1]?.startsWith(chapter),
    );
    return testBook(its, [`chapters/${chapter}`]);
  }
  const found = pick(word, all);
  if (found.kind === "exercise") {
    return tellCount(await testAnswers([found.exercise]), 0);
  }
  const why = found.kind === "nothing" ? found.why : "";
  console.error(
    `${why} Name a chapter or an exercise: npm test 02, npm test 02/01`,
  );
  process.exitCode = 1;
}

/** The tests of the book, and the answers that were begun among `its`. */
async function testBook(
  its: readonly Exercise[],
  filters: readonly string[],
): Promise<void> {
  const { passed, failed, code } = await runVitest([...filters, ...flags]);
  const begun = its.filter(isBegun);
  const answers = await testAnswers(begun);
  if (its.length > 0) {
    const { done } = readProgress();
    const where = its.length < all.length ? ` in ${word}` : "";
    console.log(`\n${paint("bold", "Your exercises")}`);
    console.log(standing(all, done));
    console.log(
      `  ${its.length - begun.length} to do${where}, ${begun.length} begun\n`,
    );
    const next = nextOf(its, done) ?? nextOf(all, done);
    if (answers.failed === 0) console.log(invitation(next));
  }
  tellCount(
    { passed: passed + answers.passed, failed: failed + answers.failed },
    code,
  );
}

/** Judges answers as the watcher does, and lets the compiler read them. */
async function testAnswers(some: readonly Exercise[]): Promise<Count> {
  const tally = { passed: 0, failed: 0 };
  const { last } = readProgress();
  const runner = new CheckRunner();
  for (const exercise of some) {
    const { result, text } = await judge(exercise, runner, paint);
    if (!isPassed(result) || some.length === 1) console.log(`\n${text}`);
    const outcomes = result.kind === "ran" ? result.outcomes : [];
    const passed = outcomes.filter((outcome) => outcome.passed).length;
    tally.passed += passed;
    if (isPassed(result)) continue;
    if (isBegun(exercise))
      tally.failed += Math.max(1, outcomes.length - passed);
    else console.log(`\n${NOT_BEGUN}`);
  }
  runner.close();
  // Where a learner was is not where a look at everything has ended.
  if (some.length > 1) writeProgress({ ...readProgress(), last });
  const complaints = await typeErrors(some.map(({ stub }) => stub));
  if (complaints) console.log(`\n${typesSay(complaints, paint)}`);
  return tally;
}

function tellCount({ passed, failed }: Count, code: number): void {
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = code || (failed > 0 ? 1 : 0);
}

function tellHow(): void {
  console.log(`npm test                 everything
npm test 02              chapter 2: its own tests, and your exercises in it
npm test 02/01           one exercise
npm test runtime/core    the book's own tests in a folder or a file

What else begins with "-" behind "npm test --" goes to vitest.`);
}
