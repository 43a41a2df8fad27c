import type { Step } from "../core/message.ts";
import type { LocalProcess } from "../core/process.ts";
import type { Caller } from "../core/self.ts";
import { SUSPENDED } from "../core/step.ts";
import { processOf, suspending } from "../core/suspending.ts";

/**
 * Makes a suspending call of a function that takes a process: it takes its
 * turn like a receive, and one without `yield*` is noticed like a receive.
 *
 * @param run - declared, not made for this call: V8 gives each new generator
 * function a shape of its own, which costs as much as a system call.
 */
export function call<R, A extends unknown[]>(
  self: Caller,
  name: string,
  run: (process: LocalProcess, ...args: A) => Step<R>,
  ...args: A
): Step<R> {
  const process = processOf(self, name);
  return suspending(process, name, inTurn(process, run, args));
}

function* inTurn<R, A extends unknown[]>(
  process: LocalProcess,
  run: (process: LocalProcess, ...args: A) => Step<R>,
  args: A,
): Step<R> {
  // A call that finds all it needs must not keep others from their turn.
  if (--process.home.budget < 0) yield SUSPENDED.value;
  return yield* run(process, ...args);
}
