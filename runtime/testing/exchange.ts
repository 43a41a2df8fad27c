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
  const told: Told[] = [];
  for (const event of trace) {
    if (event.kind === "spawn") labels.set(event.pid, event.label);
    else if (isTold(event)) told.push(event);
  }
  const left = Math.max(0, told.length - LONGEST);
  // Writing a message costs more than all else; the earlier ones are not read.
  const lines = told.slice(left).map((event) => `  ${describe(event, name)}`);
  if (left > 0) lines.unshift(`  … ${left} earlier`);
  return lines.join("\n");
}

const TOLD = ["send", "receive", "timeout", "exit", "exit-signal"] as const;
type Told = Extract<TraceEvent, { kind: (typeof TOLD)[number] }>;

function isTold(event: TraceEvent): event is Told {
  return (TOLD as readonly string[]).includes(event.kind);
}

function describe(event: Told, name: (pid: Pid | undefined) => string): string {
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
  }
}
