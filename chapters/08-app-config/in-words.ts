import { format, type Report } from "#runtime";
import type { Settings } from "./settings.ts";

// #region inwards
/** The reason inside: a child's, whatever supervisors have put around it. */
export function innermost(reason: unknown): unknown {
  if (!Array.isArray(reason)) return reason;
  const [word, second, third] = reason;
  if (word === "failed_to_start_child") return innermost(third);
  return word === "shutdown" && reason.length === 2
    ? innermost(second)
    : reason;
}
// #endregion

/** Why the application did not start, for the one at the terminal. */
export function inWords(reason: unknown, settings: Settings): string {
  const inner = innermost(reason);
  const { hostname, port } = settings;
  if (!Array.isArray(inner) || inner[0] !== "listen") {
    return `The application did not start: ${format(inner)}`;
  }
  switch (inner[1]) {
    case "eaddrinuse":
      return `Port ${port} on ${hostname} is taken. Stop the other program, or set another port in a file of your own: npm run chapter 08 -- my.config`;
    case "eacces":
      return `This user may not listen on port ${port}. Set a port above 1023.`;
    case "eaddrnotavail":
    case "nxdomain":
      return `${hostname} is no address of this machine. Set hostname to '127.0.0.1'.`;
    default:
      return `Port ${port} on ${hostname} cannot be listened on: ${inner[1]}.`;
  }
}

/** The same, from the last words of a node that could not start it. */
export function startFailure(
  report: Report,
  settings: Settings,
): string | undefined {
  if (report.kind !== "report") return undefined;
  const fields = new Map(report.fields);
  return fields.has("application_start_failure")
    ? inWords(fields.get("reason"), settings)
    : undefined;
}
