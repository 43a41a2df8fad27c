import { SiteError } from "./site-error.ts";

/** One recorded event of a run. A null process is the world outside. */
export type DiagramEvent = { readonly atMs: number } & (
  | Spawn
  | { kind: "send"; id: number; from: End; to: string; message: string }
  | { kind: "receive"; id: number; process: string; message: string }
  | { kind: "exit"; process: string; reason: string }
  | { kind: "exit-signal" | "down"; from: End; to: End; reason: string }
  | { kind: "link" | "unlink" | "monitor" | "demonitor"; from: End; to: End }
  | { kind: "register" | "unregister"; process: string; name: string }
  | { kind: "timeout"; process: string }
  | Timer
);
type End = string | null;
type Spawn = { kind: "spawn"; process: string; label: string; parent: End };
type Timer = {
  kind: "timer";
  process: string;
  to: End;
  message: string;
  inMs: number;
};

const ends = { from: "end", to: "end" };
const naming = { process: "string", name: "string" };

const fields: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  spawn: { process: "string", label: "string", parent: "end" },
  send: { id: "number", from: "end", to: "string", message: "string" },
  receive: { id: "number", process: "string", message: "string" },
  exit: { process: "string", reason: "string" },
  "exit-signal": { ...ends, reason: "string" },
  down: { ...ends, reason: "string" },
  link: ends,
  unlink: ends,
  monitor: ends,
  demonitor: ends,
  register: naming,
  unregister: naming,
  timeout: { process: "string" },
  timer: { process: "string", to: "end", message: "string", inMs: "number" },
};

/** Reads a `*.trace.json`; what cannot be drawn is an error. */
export function eventsOf(text: string, file: string): DiagramEvent[] {
  const wrong = (what: string) =>
    new SiteError(
      "trace",
      file,
      1,
      `${what} Record the run again, or teach site/diagram-events.ts.`,
    );
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw wrong(`this is not JSON (${(cause as Error).message}).`);
  }
  if (!Array.isArray(data) || data.length === 0) {
    throw wrong("a trace is a list of at least one event.");
  }
  data.forEach((event: Record<string, unknown>, index) => {
    const which = `event ${index + 1}`;
    const kind = String(event?.kind);
    const expected = Object.hasOwn(fields, kind) ? fields[kind] : undefined;
    if (!expected) throw wrong(`${which} has the unknown kind "${kind}".`);
    for (const [field, type] of Object.entries({
      atMs: "number",
      ...expected,
    })) {
      const value = event[field];
      const fits =
        type === "end"
          ? value === null || typeof value === "string"
          : typeof value === type;
      if (!fits) {
        const wanted = type === "end" ? "a pid or null" : `a ${type}`;
        throw wrong(`${which} (${kind}) needs ${wanted} as "${field}".`);
      }
    }
  });
  return data as DiagramEvent[];
}

/** One event as a sentence: the diagram's text alternative. */
export function sentence(event: DiagramEvent): string {
  const { kind } = event;
  const end = (process: End) => process ?? "outside";
  switch (kind) {
    case "spawn":
      return `${end(event.parent)} spawns ${event.label} ${event.process}`;
    case "send":
      return `${end(event.from)} sends ${event.message} to ${event.to}`;
    case "receive":
      return `${event.process} receives ${event.message}`;
    case "exit":
      return `${event.process} exits: ${event.reason}`;
    case "exit-signal":
      return `${end(event.from)} sends an exit signal to ${end(event.to)}: ${event.reason}`;
    case "down":
      return `${end(event.to)} learns that ${end(event.from)} is down: ${event.reason}`;
    case "link":
    case "unlink":
    case "monitor":
    case "demonitor":
      return `${end(event.from)} ${kind}s ${end(event.to)}`;
    case "register":
    case "unregister":
      return `${event.process} ${kind}s the name ${event.name}`;
    case "timeout":
      return `${event.process} stops waiting: its time is up (after)`;
    case "timer":
      return `${event.process} starts a timer: ${event.message} to ${end(event.to)} in ${event.inMs} ms`;
  }
}
