import { badarg } from "./errors.ts";
import { checkCall } from "./forgotten.ts";
import type { Step, Suspend } from "./message.ts";
import { LocalProcess } from "./process.ts";

/**
 * Makes a suspending call of a function that takes a process. One without
 * `yield*` before it never runs; like a receive, it is then noticed, and the
 * process is told which call that was.
 *
 * @param name what a program writes, as `genServer.call`.
 */
export function suspending<R>(
  caller: object,
  name: string,
  step: Step<R>,
): Step<R> {
  return new Suspending(announced(caller, name), step) as unknown as Step<R>;
}

/** The process, told that a call was made which is still to be resumed. */
export function announced(caller: object, name: string): LocalProcess {
  const process = processOf(caller, name);
  checkCall(process, name);
  process.unresumed = name;
  return process;
}

/** The process behind the `self` that a call was given. */
export function processOf(caller: object, name: string): LocalProcess {
  if (caller instanceof LocalProcess) return caller;
  throw badarg(
    `${name}: the first argument is the calling process's own self, and ` +
      `${String(caller)} is not one.`,
  );
}

/** A call that has been made and not yet begun. */
class Suspending<R> {
  readonly #process: LocalProcess;
  readonly #step: Step<R>;

  constructor(process: LocalProcess, step: Step<R>) {
    this.#process = process;
    this.#step = step;
  }

  [Symbol.iterator](): Step<R> {
    this.#process.unresumed = undefined;
    return this.#step;
  }

  /** For a call that was given back, `return genServer.stop(…)`. */
  next(): IteratorResult<Suspend, R> {
    return this.#step.next();
  }
}
