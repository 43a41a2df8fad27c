import type { Mishap } from "#runtime/testing";
import type { Runtime } from "./bundle.ts";
import { begin, collecting } from "./collect.ts";
import { type Import, missingImport } from "./imports.ts";
import { freshRuntime, load, requireHere } from "./load.ts";
import type { Outcome, Result } from "./outcome.ts";
import { overheard } from "./overhear.ts";
import { text, thrownAt } from "./place.ts";
import { listening } from "./printed.ts";
import { UnrunBodies } from "./unrun-bodies.ts";

/** What the parent asks: one bundled check, and the runtime it may import. */
export interface Task {
  /** Undefined if it is the one of the task before. */
  readonly runtime: Runtime | undefined;
  readonly code: string;
  /** The file that frames of the answer are shown as. */
  readonly answer: string;
  /** What it says. */
  readonly text: string;
  /** What it takes from the runtime. */
  readonly imports: readonly Import[];
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
    const runtime = overheard(freshRuntime(task.runtime), (heard) => {
      mishap ??= heard;
    });
    const missing = missingImport(task.imports, runtime);
    if (missing) return { kind: "broken", message: missing };
    load("check.cjs", task.code, (name) => {
      if (name === "vitest") return vitest;
      return runtime.get(name) ?? requireHere(name);
    });
  } catch (error) {
    return { kind: "broken", message: text(error) };
  }
  const outcomes: Outcome[] = [];
  for (const check of checks) {
    say({ kind: "began", test: check.name });
    begin(check);
    unrun.forget();
    mishap = undefined;
    const outcome = await outcomeOf(check, task);
    say({ kind: "judged", outcome });
    outcomes.push(outcome);
    if (task.untilFailure && !outcome.passed) break;
  }
  return { kind: "ran", outcomes, printed };
}

async function outcomeOf(
  { name, body }: { name: string; body: () => unknown },
  task: Task,
): Promise<Outcome> {
  try {
    await body();
    const note = unrun.first(task.answer, task.text);
    return note ? { name, passed: true, note } : { name, passed: true };
  } catch (error) {
    // What is thrown outside of any process is heard a moment later.
    await new Promise((resolve) => setImmediate(resolve));
    const isAssertion =
      error instanceof Error && error.name === "AssertionError";
    const at = isAssertion ? undefined : thrownAt(task.answer, error);
    const message = text(error);
    return {
      name,
      passed: false,
      isAssertion,
      message,
      at,
      mishap: toldMishap(task),
    };
  }
}

/** What was overheard, where, and in words. */
function toldMishap(task: Task): string | undefined {
  const called = unrun.first(task.answer, task.text);
  if (called || !mishap) return called;
  const at = mishap.error && thrownAt(task.answer, mishap.error);
  return at ? `${at}: ${mishap.message}` : mishap.message;
}
