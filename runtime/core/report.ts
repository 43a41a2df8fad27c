import { classOf, reasonOf } from "./exit.ts";
import { format } from "./format.ts";
import type { Pid } from "./pid.ts";
import type { LocalProcess } from "./process.ts";

/** What a node tells its logger. */
export type Report =
  | {
      /** A process ended because nobody caught what it threw. */
      readonly kind: "crash";
      readonly atMs: number;
      readonly pid: Pid;
      readonly label: string;
      readonly reason: unknown;
    }
  /** A tracer, a socket or another callback threw; no process is harmed. */
  | {
      readonly kind: "callback";
      readonly atMs: number;
      readonly error: unknown;
    }
  /** What a behaviour has to say: OTP's supervisor, crash and other reports. */
  | {
      readonly kind: "report";
      readonly atMs: number;
      readonly level: ReportLevel;
      readonly title: string;
      /** Whose. No text yet: most reports of a restart are never printed. */
      readonly pid: Pid;
      readonly fields: readonly (readonly [name: string, value: unknown])[];
    };

/** How bad it is; the names are those of Erlang's logger. */
export type ReportLevel = "error" | "warning" | "notice" | "info" | "debug";

export type Logger = (report: Report) => void;

/**
 * The report of an uncaught exception, or `undefined` where BEAM prints none:
 * an exit is a decision, not an error, and is not reported.
 */
export function crashReport(
  process: LocalProcess,
  thrown: unknown,
): Report | undefined {
  if (classOf(thrown) === "exit") return undefined;
  const { pid, label, home } = process;
  return {
    kind: "crash",
    atMs: home.clock.now(),
    pid: pid as Pid,
    label,
    reason: reasonOf(thrown),
  };
}

/** A report as BEAM words it: who, and with what exit value. */
export function formatReport(report: Report): string {
  if (report.kind === "callback") {
    return `=ERROR REPORT==== A callback outside any process threw:\n${explain(report.error)}`;
  }
  if (report.kind === "report") {
    const widest = Math.max(...report.fields.map(([name]) => name.length));
    const lines = report.fields.map(
      ([name, value]) =>
        `    ${`${name}:`.padEnd(widest + 1)} ${explain(value)}`,
    );
    return [`=${report.title}==== ${report.pid}`, ...lines].join("\n");
  }
  const who = report.label
    ? `${report.pid} (${report.label})`
    : `${report.pid}`;
  return `=ERROR REPORT==== Error in process ${who} with exit value:\n${explain(report.reason)}`;
}

/**
 * Prints to standard error, where it does not disturb a program's output; of
 * behaviours' reports only notices and worse, as Erlang's default handler does.
 */
export const consoleLogger: Logger = (report) => {
  const level = report.kind === "report" ? report.level : "error";
  if (level === "info" || level === "debug") return;
  console.error(formatReport(report));
};

function explain(reason: unknown): string {
  return reason instanceof Error
    ? (reason.stack ?? String(reason))
    : format(reason);
}
