import { format } from "../core/format.ts";
import type { Pid } from "../core/pid.ts";
import type { TraceEvent } from "../core/trace.ts";

const LONGEST = 30;

/**
 * The exchange of messages in a trace as lines that a person reads: who sent
 * what to whom, who ended and why. The last {@link LONGEST} lines of it.
 */
export function exchange(trace: readonly TraceEvent[]): string {
  const labels = new Map<Pid, string>();
  const name = (pid: Pid | undefined) =>
    pid === undefined ? "outside" : `${labels.get(pid) ?? ""}${pid}`;
  const lines: string[] = [];
  for (const event of trace) {
    if (event.kind === "spawn") labels.set(event.pid, event.label);
    const line = describe(event, name);
    if (line) lines.push(`  ${line}`);
  }
  const left = lines.length - LONGEST;
  if (left <= 0) return lines.join("\n");
  return [`  … ${left} earlier`, ...lines.slice(left)].join("\n");
}

function describe(
  event: TraceEvent,
  name: (pid: Pid | undefined) => string,
): string | undefined {
  switch (event.kind) {
    case "send":
      return `${name(event.from)} → ${name(event.to)}  ${format(event.message)}`;
    case "receive":
      return `${name(event.pid)} takes ${format(event.message)}`;
    case "timeout":
      return `${name(event.pid)} stops waiting at ${event.atMs} ms`;
    case "exit":
      return `${name(event.pid)} ends: ${format(event.reason)}`;
    case "exit-signal":
      return `${name(event.from)} ⇒ ${name(event.to)}  exit signal ${format(event.reason)}`;
    default:
      return undefined;
  }
}
