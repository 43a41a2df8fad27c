import { createRequire, Module } from "node:module";
import { join } from "node:path";
import { Script } from "node:vm";
import type { Mishap } from "#runtime/testing";
import { type Runtime, root } from "./bundle.ts";
import { begin, collecting } from "./collect.ts";
import { type Import, missingImport } from "./imports.ts";
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
}
export type Answer =
  /** It has begun with a test, or, without a name, with the whole task. */
  | { readonly kind: "began"; readonly test: string | undefined }
  /** A test is over; told at once, for the next one may not come to an end. */
  | { readonly kind: "judged"; readonly outcome: Outcome }
  | { readonly kind: "done"; readonly result: Result };

// An answer may loop for ever, so checks run in a process that can be killed.
process.setSourceMapsEnabled(true);
process.on("message", (task: Task) => {
  say({ kind: "began", test: undefined });
  void run(task).then((result) => say({ kind: "done", result }));
});
// Without a parent there is nobody to answer to.
process.on("disconnect", () => process.exit());

/** Whoever asked may have gone; then there is nobody to complain to either. */
const say = (answer: Answer) => process.send?.(answer, () => {});
const requireHere = createRequire(import.meta.url);

const unrun = new UnrunBodies();
/** The first thing that went wrong beside what the check of the moment sees. */
let mishap: Mishap | undefined;

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
  }
  return { kind: "ran", outcomes, printed };
}

type Exports = Record<string, unknown>;

let known: { readonly script: Script; readonly doors: readonly string[] };

/** The doors of a runtime as if newly loaded: compiled once, its state anew. */
function freshRuntime(runtime: Runtime | undefined): Map<string, unknown> {
  if (runtime !== undefined) {
    const wrapped = `(function (exports, require, module) {${runtime.code}\n})`;
    const script = new Script(wrapped, { filename: "runtime.cjs" });
    known = { script, doors: runtime.doors };
  }
  const module = { exports: {} as Exports };
  known.script.runInThisContext()(module.exports, requireHere, module);
  return new Map(
    known.doors.map((name, index) => [name, module.exports[`door${index}`]]),
  );
}

/** Runs a script as Node runs a CommonJS file, source map included. */
function load(
  name: string,
  code: string,
  require: (name: string) => unknown,
): Exports {
  const file = join(root, ".cache", name);
  const module = new Module(file) as Module & {
    _compile(code: string, file: string): void;
  };
  module.require = require as NodeJS.Require;
  module._compile(code, file);
  return module.exports as Exports;
}

async function outcomeOf(
  { name, body }: { name: string; body: () => unknown },
  task: Task,
): Promise<Outcome> {
  try {
    await body();
    return { name, passed: true };
  } catch (error) {
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
