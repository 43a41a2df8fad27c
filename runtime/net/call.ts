import { badarg } from "../core/errors.ts";
import type { Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import { LocalProcess } from "../core/process.ts";
import { suspending } from "../core/suspending.ts";

/** The process that makes the call: its own `self`. */
export interface Caller {
  readonly pid: Pid;
}

/** The process behind `self`. */
export function processOf(self: Caller, call: string): LocalProcess {
  if (self instanceof LocalProcess) return self;
  throw badarg(
    `${call}: the first argument is the calling process's own self, and ` +
      `${String(self)} is not one.`,
  );
}

/**
 * Makes a suspending call of a function that takes a process: it takes its
 * turn like a receive, and one without `yield*` is noticed like a receive.
 */
export function call<R>(
  self: Caller,
  name: string,
  run: (process: LocalProcess) => Step<R>,
): Step<R> {
  const process = processOf(self, name);
  return suspending(process, name, inTurn(process, run));
}

function* inTurn<R>(
  process: LocalProcess,
  run: (process: LocalProcess) => Step<R>,
): Step<R> {
  // A call that finds all it needs must not keep others from their turn.
  if (--process.home.budget < 0) yield { suspended: true };
  return yield* run(process);
}
