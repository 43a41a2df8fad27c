import type { Mishap } from "#runtime/testing";
import type { Runtime } from "./bundle.ts";
import type { AnswerScript } from "./bundle-answer.ts";
import type { CheckScript } from "./bundle-check.ts";
import { begin, type Check, collecting } from "./collect.ts";
import { missingExport, missingImport } from "./imports.ts";
import {
  compile,
  freshRuntime,
  load,
  requireHere,
  sharedRuntime,
} from "./load.ts";
import type { Outcome, Result } from "./outcome.ts";
import { overheard } from "./overhear.ts";
import { text, thrownAt } from "./place.ts";
import { listening } from "./printed.ts";
import { UnrunBodies } from "./unrun-bodies.ts";

/** What the parent asks: a check, an answer, and the runtime for both. */
export interface Task {
  /** Undefined if it is the one of the task before. */
  readonly runtime: Runtime | undefined;
  readonly check: CheckScript;
  readonly answer: AnswerScript;
  /** Whether to take the runtime as the answers before have left it. */
  readonly sharesRuntime: boolean;
  /** Whether to leave out what stands behind the first test that fails. */
  readonly untilFailure: boolean;
}
export type Answer =
  /** It has begun with a test, or, without a name, with the whole task. */
  | { readonly kind: "began"; readonly test: string | undefined }
  /** A test is over; told at once, for the next one may not come to an end. */
  | { readonly kind: "judged"; readonly outcome: Outcome }
  | {
      readonly kind: "done";
      readonly result: Result;
      /** Something of the answer may still be about, such as a timer. */
      readonly isSpent: boolean;
    };

// An answer may loop for ever, so checks run in a process that can be killed.
process.setSourceMapsEnabled(true);
process.on("message", (task: Task) => {
  say({ kind: "began", test: undefined });
  void run(task).then((result) => say({ kind: "done", result, isSpent }));
});
// An answer's promise may be rejected, or its timer throw, when nobody looks.
for (const event of ["unhandledRejection", "uncaughtException"] as const) {
  process.on(event, (error: unknown) => {
    isSpent = true;
    const message = `${text(error)}\nIt was thrown outside of any process, and nobody caught it. Does an async function or a timer take part?`;
    mishap ??= error instanceof Error ? { message, error } : { message };
  });
}
// Without a parent there is nobody to answer to.
process.on("disconnect", () => process.exit());

/** Whoever asked may have gone; then there is nobody to complain to either. */
const say = (answer: Answer) => process.send?.(answer, () => {});

const unrun = new UnrunBodies();
/** The first thing that went wrong beside what the check of the moment sees. */
let mishap: Mishap | undefined;
let isSpent = false;

async function run(task: Task): Promise<Result> {
  const { checks, vitest } = collecting();
  const printed = listening();
  unrun.listen();
  try {
    if (task.runtime) compile(task.runtime);
    const doors = task.sharesRuntime ? sharedRuntime() : freshRuntime();
    const runtime = overheard(doors, (heard) => {
      mishap ??= heard;
    });
    const require = (name: string) =>
      name === "vitest" ? vitest : (runtime.get(name) ?? requireHere(name));
    const strange = missingImport(task.answer.imports, runtime);
    if (strange) return { kind: "broken", message: strange };
    const answer = load("answer.cjs", task.answer.code, require);
    const missing = missingExport(task.check.needs, answer);
    if (missing) return { kind: "broken", message: missing };
    load("check.cjs", task.check.code, (name) =>
      name === "./exercise.ts" ? answer : require(name),
    );
  } catch (error) {
    return { kind: "broken", message: text(error) };
  }
  const outcomes: Outcome[] = [];
  for (const check of checks) {
    say({ kind: "began", test: check.name });
    begin(check);
    unrun.forget();
    mishap = undefined;
    const outcome = await outcomeOf(check, task.answer);
    say({ kind: "judged", outcome });
    outcomes.push(outcome);
    if (task.untilFailure && !outcome.passed) break;
  }
  return { kind: "ran", outcomes, printed };
}

async function outcomeOf(
  { name, body }: Check,
  answer: AnswerScript,
): Promise<Outcome> {
  try {
    await body();
    const note = unrun.first(answer);
    return note ? { name, passed: true, note } : { name, passed: true };
  } catch (error) {
    // What is thrown outside of any process is heard a moment later.
    await new Promise((resolve) => setImmediate(resolve));
    const isAssertion =
      error instanceof Error && error.name === "AssertionError";
    const at = isAssertion ? undefined : thrownAt(answer.file, error);
    const message = text(error);
    return {
      name,
      passed: false,
      isAssertion,
      message,
      at,
      mishap: toldMishap(answer),
    };
  }
}

/** What was overheard, where, and in words. */
function toldMishap(answer: AnswerScript): string | undefined {
  const called = unrun.first(answer);
  if (called || !mishap) return called;
  const at = mishap.error && thrownAt(answer.file, mishap.error);
  return at ? `${at}: ${mishap.message}` : mishap.message;
}
