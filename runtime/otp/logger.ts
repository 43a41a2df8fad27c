import { formatReport, type Logger, type ReportLevel } from "../core/report.ts";
import type { Caller, Self } from "../core/self.ts";
import { report } from "./report.ts";

export type { ReportLevel } from "../core/report.ts";

/** How bad a report is, the worst first. */
const order: readonly ReportLevel[] = [
  "error",
  "warning",
  "notice",
  "info",
  "debug",
];

/** Whether a level is as bad as another, or worse. Erlang's `compare_levels`. */
export function isAtLeast(level: ReportLevel, least: ReportLevel): boolean {
  return order.indexOf(level) <= order.indexOf(least);
}

/**
 * Hands a handler only what is bad enough: the level of Erlang's `logger`.
 * Uncaught errors always are.
 */
export function from(least: ReportLevel, handler: Logger): Logger {
  return (said) => {
    const level = said.kind === "report" ? said.level : "error";
    if (isAtLeast(level, least)) handler(said);
  };
}

/** Hands each report to several handlers; one that throws harms no other. */
export function all(...handlers: readonly Logger[]): Logger {
  return (said) => {
    const failures: unknown[] = [];
    for (const handler of handlers) {
      try {
        handler(said);
      } catch (error) {
        failures.push(error);
      }
    }
    // The node says so of the first; a logger cannot log its own failure.
    if (failures.length > 0) throw failures[0];
  };
}

/**
 * A handler that writes reports as a person reads them, by default to standard
 * error. `createNode({ logger: logger.from("info", logger.printing()) })`.
 */
export function printing(
  write: (text: string) => void = (text) => console.error(text),
): Logger {
  return (said) => write(formatReport(said));
}

type Fields = Readonly<Record<string, unknown>>;

/** Says something about the calling process to its node's logger. */
export function log(
  caller: Caller,
  level: ReportLevel,
  fields: Fields | string,
): void {
  const entries =
    typeof fields === "string"
      ? ([["message", fields]] as const)
      : Object.entries(fields);
  report(caller as Self<never>, level, titleOf(level), entries);
}

/** OTP's titles: `=WARNING REPORT====`, `=NOTICE REPORT====`, … */
function titleOf(level: ReportLevel): string {
  return `${level.toUpperCase()} REPORT`;
}

export const error = (caller: Caller, fields: Fields | string) =>
  log(caller, "error", fields);
export const warning = (caller: Caller, fields: Fields | string) =>
  log(caller, "warning", fields);
export const notice = (caller: Caller, fields: Fields | string) =>
  log(caller, "notice", fields);
export const info = (caller: Caller, fields: Fields | string) =>
  log(caller, "info", fields);
export const debug = (caller: Caller, fields: Fields | string) =>
  log(caller, "debug", fields);
