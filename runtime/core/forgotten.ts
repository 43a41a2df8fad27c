import { badarg, RuntimeError } from "./errors.ts";
import type { LocalProcess } from "./process.ts";

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
 * Refuses a step of a process that waits already: its receive was taken apart
 * like a list, or another process has used its `self`.
 */
export function outOfStep(process: LocalProcess): never {
  const call = `self.receive(${argumentsOf("self.receive", process)})`;
  throw new RuntimeError(
    "forgotten_yield",
    `${process.pid} (${process.label}) waits already, and ${call} was to wait ` +
      "once more. Either yield* is missing before it, or it stands in another " +
      "process, which has a self of its own.",
  );
}

/**
 * Refuses the self of another process: the one would wait for what is sent to
 * the other, or take it away.
 */
export function notRunning({ pid, label }: LocalProcess, name: string): never {
  throw badarg(
    `${name}: it was given the self of ${pid} (${label}), which is not the ` +
      "process that runs. A process has a self of its own: give it the self " +
      "that this function was given.",
  );
}

function argumentsOf(call: string | undefined, process: LocalProcess): string {
  if (call === "self.yield") return "";
  if (call !== "self.receive") return "…";
  return process.clauses
    ? `{ ${Object.keys(process.clauses).join(", ")} }`
    : "";
}
