import { badarg, RuntimeError } from "./errors.ts";
import type { LocalProcess } from "./process.ts";
import { RUNNING } from "./process-state.ts";

/**
 * Refuses a suspending call while another one waits for its yield*, or for a
 * process that does not run. `receive` asks the same itself, being hot.
 */
export function checkCall(process: LocalProcess, name: string): void {
  if (process.unresumed !== undefined) forgotten(process);
  if (process.status !== RUNNING) notRunning(process, name);
}

/** Refuses to go on after a suspending call that was never resumed. */
export function forgotten(process: LocalProcess): never {
  const call = process.unresumed;
  const written = `${call}(${argumentsOf(call, process)})`;
  process.unresumed = undefined;
  // Such as the start of a child, which is an arrow more often than not.
  const inArrow = call?.startsWith("self.") ? "" : " In an arrow, return it.";
  throw new RuntimeError(
    "forgotten_yield",
    `${process.pid} (${process.label}) called ${written} without yield*, so ` +
      `it did not wait. Write: yield* ${written}.${inArrow}`,
  );
}

/**
 * Refuses a call for a process that does not run: its receive was taken apart
 * like a list, and it runs on; or another process has used its `self`.
 */
export function notRunning(process: LocalProcess, name: string): never {
  for (let one = process.home.newest; one; one = one.following) {
    if (one.status === RUNNING) throw strange(process, name);
  }
  throw outOfStep(process, name);
}

/** The one would wait for what is sent to the other, or take it away. */
function strange({ pid, label }: LocalProcess, name: string): RuntimeError {
  return badarg(
    `${name}: it was given the self of ${pid} (${label}), which is not the ` +
      "process that runs. A process has a self of its own: give it the self " +
      "that this function was given.",
  );
}

function outOfStep(process: LocalProcess, name: string): RuntimeError {
  return new RuntimeError(
    "forgotten_yield",
    `${process.pid} (${process.label}) waits already, and ${name}(` +
      `${argumentsOf(name, process)}) was to wait once more. Either yield* is ` +
      "missing before a receive, or one stands in another process, which has " +
      "a self of its own.",
  );
}

function argumentsOf(call: string | undefined, process: LocalProcess): string {
  if (call === "self.yield") return "";
  if (call !== "self.receive") return "…";
  return process.clauses
    ? `{ ${Object.keys(process.clauses).join(", ")} }`
    : "";
}
