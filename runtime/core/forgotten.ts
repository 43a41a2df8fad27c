import { RuntimeError } from "./errors.ts";
import { type LocalProcess, RUNNING } from "./process.ts";

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

/** The same, for a call whose steps were taken by something else than yield*. */
export function forgottenIn(process: LocalProcess, call: string): never {
  process.status = RUNNING;
  process.unresumed = call;
  forgotten(process);
}

function argumentsOf(call: string | undefined, process: LocalProcess): string {
  if (call === "self.yield") return "";
  if (call !== "self.receive") return "…";
  return process.clauses
    ? `{ ${Object.keys(process.clauses).join(", ")} }`
    : "";
}
