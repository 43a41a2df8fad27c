import type { LocalProcess } from "../core/process.ts";
import type { ReportLevel } from "../core/report.ts";
import type { Self } from "../core/self.ts";

/** Tells the node's logger about a process, in the shape of OTP's reports. */
export function report(
  self: Self<never>,
  level: ReportLevel,
  title: string,
  fields: readonly (readonly [name: string, value: unknown])[],
): void {
  const { pid } = self;
  const { home } = self as unknown as LocalProcess;
  const atMs = home.clock.now();
  home.guarded(() =>
    home.logger({ kind: "report", atMs, level, title, pid, fields }),
  );
}

/** Ends that were meant: OTP's own processes do not report them. */
export function isExpected(reason: unknown): boolean {
  return (
    reason === "normal" ||
    reason === "shutdown" ||
    (Array.isArray(reason) && reason[0] === "shutdown" && reason.length === 2)
  );
}
