import { format } from "../core/format.ts";
import type { Report } from "../core/report.ts";
import type { Run } from "./simulate.ts";
import { startFailure } from "./start-failure.ts";

/** Why a run says nothing about a check's rule: the answer did not come that far. */
export interface Mishap {
  readonly message: string;
  /** What was thrown, if that was the trouble. */
  readonly error?: Error;
}

/**
 * The first thing that went wrong in a run beside what a check looks at: a
 * mistake in a program that nobody caught, or a supervisor that did not start.
 * A check sees only that nothing came, and would blame what it is there to
 * teach.
 */
export function mishapIn({ reports, trace }: Run): Mishap | undefined {
  for (const report of reports) {
    const error = mistakeIn(report);
    if (error) {
      const who = report.kind === "crash" ? report.label : "A process";
      const message = `${who || "A process"} threw, and nobody caught it:\n${format(error)}`;
      return { message, error };
    }
  }
  for (const event of trace) {
    if (event.kind !== "exit") continue;
    const message = startFailure(event.reason);
    if (message) return { message };
  }
  return undefined;
}

function mistakeIn(report: Report): Error | undefined {
  switch (report.kind) {
    case "crash":
      return mistake(report.reason);
    case "callback":
      return mistake(report.error);
    case "report":
      return mistake(report.fields.map(([, value]) => value));
  }
}

/**
 * An error that nobody means to throw, in a reason or anywhere in it. A plain
 * `Error` may be part of an exercise; a full stack has checks of its own.
 */
function mistake(reason: unknown, depth = 0): Error | undefined {
  if (reason instanceof Error) return isMistake(reason) ? reason : undefined;
  if (!Array.isArray(reason) || depth > 4) return undefined;
  for (const part of reason) {
    const found = mistake(part, depth + 1);
    if (found) return found;
  }
  return undefined;
}

const MISTAKES = ["TypeError", "ReferenceError", "SyntaxError", "RuntimeError"];

function isMistake(error: Error): boolean {
  return MISTAKES.includes(error.name);
}
