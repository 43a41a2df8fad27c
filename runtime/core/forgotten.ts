import { RuntimeError } from "./errors.ts";
import type { LocalProcess } from "./process.ts";

/** Refuses to go on after a suspending call that was never resumed. */
export function forgotten(process: LocalProcess): never {
  const call = process.unresumed;
  const written = `${call}(${argumentsOf(call, process)})`;
  process.unresumed = undefined;
  throw new RuntimeError(
    "forgotten_yield",
    `${process.pid} (${process.label}) called ${written} without yield*, so ` +
      `it did not wait. Write: yield* ${written}.`,
  );
}

function argumentsOf(call: string | undefined, process: LocalProcess): string {
  if (call === "self.yield") return "";
  if (call !== "self.receive") return "…";
  return process.clauses
    ? `{ ${Object.keys(process.clauses).join(", ")} }`
    : "";
}
