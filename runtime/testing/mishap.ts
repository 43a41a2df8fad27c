import { format } from "../core/format.ts";
import type { Report } from "../core/report.ts";
import { errorIn } from "./error-in.ts";
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
    const told = inReport(report);
    if (told) return told;
  }
  for (const event of trace) {
    if (event.kind !== "exit") continue;
    const message = startFailure(event.reason);
    if (message) return { message };
  }
  return undefined;
}

function inReport(report: Report): Mishap | undefined {
  switch (report.kind) {
    case "crash":
      return thrown(report.label, report.reason);
    case "callback":
      return thrown("A callback", report.error);
    case "report": {
      const fields = new Map(report.fields);
      const who = fields.get("generic server terminating");
      const label = typeof who === "string" ? who : "A process";
      for (const name of REASONS) {
        const reason = fields.get(name);
        const told = badAnswer(label, reason) ?? thrown(label, reason);
        if (told) return told;
      }
      return undefined;
    }
  }
}

/** The fields of reports that say why; others may hold anything. */
const REASONS = [
  "reason for termination",
  "reason",
  "exception",
  "exited",
  "threw",
];

const ANSWERS =
  'handleCall answers ["reply", value, state] or ["noreply", state], the others ["noreply", state], and each of them may answer ["stop", reason, state]; init answers ["ok", state].';

function badAnswer(label: string, reason: unknown): Mishap | undefined {
  if (!Array.isArray(reason) || reason[0] !== "bad_return_value") {
    return undefined;
  }
  const gave =
    reason[1] === undefined
      ? "nothing (was its return forgotten?)"
      : format(reason[1]);
  const message = `${label} ended of what a callback answered: ${gave}. ${ANSWERS}`;
  return { message };
}

const STRAY =
  "\nyield* stands before what waits: a receive, a call, or a function* that is called. What stands behind it here is none.";

function thrown(label: string, reason: unknown): Mishap | undefined {
  const error = errorIn(reason, isMistake);
  if (!error) return undefined;
  const who = label || "A process";
  const isStray = /yield\*.* is not iterable/.test(error.message);
  const message = `${who} threw, and nobody caught it:\n${format(error)}${isStray ? STRAY : ""}`;
  return { message, error };
}

const MISTAKES = ["TypeError", "ReferenceError", "SyntaxError", "RuntimeError"];

/**
 * An error that nobody means to throw. A plain `Error` may be part of an
 * exercise; a full stack has checks of its own.
 */
function isMistake(error: Error): boolean {
  return MISTAKES.includes(error.name);
}
