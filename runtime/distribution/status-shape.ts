import type { Pid } from "../core/pid.ts";
import type { Status } from "../otp/index.ts";
import { atom, tuple } from "./etf/index.ts";

// Erlang's `sys:get_status/1` answers with a nest of lists made for printing:
//
//   {status, Pid, {module, gen_server},
//    [ProcessDictionary, running, Parent, DebugOptions,
//     [{header, "Status for generic server " ++ Name},
//      {data, [{"Status", running}, {"Parent", Parent}, {"Logged events", []}]},
//      {data, [{"State", State}]}]]}

const HEADER = "Status for generic server ";

/** Whether this is what a server here says of itself. */
export function isStatus(value: unknown): value is Status {
  if (typeof value !== "object" || value === null) return false;
  const keys = Object.keys(value).join();
  return keys === "pid,name,running,parent,state";
}

export function statusToErlang(status: Status): unknown {
  const { pid, name, running, state } = status;
  const parent = status.parent ?? pid;
  const fields = [
    tuple(characters("Status"), atom(running)),
    tuple(characters("Parent"), parent),
    tuple(characters("Logged events"), []),
  ];
  const shown = [
    ["header", characters(`${HEADER}${name ?? pid}`)],
    ["data", fields],
    ["data", [tuple(characters("State"), state)]],
  ];
  const about = [[], atom(running), parent, [], shown];
  return ["status", pid, ["module", atom("gen_server")], about];
}

/** What can be made out of Erlang's; anything else stays as it came. */
export function statusFromErlang(value: unknown): unknown {
  if (!Array.isArray(value) || value[0] !== "status") return value;
  const [, pid, , about] = value;
  if (!Array.isArray(about) || about.length !== 5) return value;
  const [, running, parent, , shown] = about;
  if (!Array.isArray(shown)) return value;
  const header = shown.find((one) => one?.[0] === "header")?.[1];
  const title = Array.isArray(header) ? String.fromCharCode(...header) : "";
  const status: Status = {
    pid: pid as Pid,
    name: title.startsWith(HEADER) ? title.slice(HEADER.length) : undefined,
    running: `${running}` === "suspended" ? "suspended" : "running",
    parent: parent === pid ? undefined : (parent as Pid),
    state: stateIn(shown),
  };
  return status;
}

/** The last thing shown is the state, unless the server formats it itself. */
function stateIn(shown: readonly unknown[]): unknown {
  const last = shown.at(-1);
  if (!Array.isArray(last) || last[0] !== "data") return last;
  const [, entries] = last;
  return Array.isArray(entries) ? entries[0]?.[1] : last;
}

/** Text as Erlang has it in such places: a list of its characters. */
function characters(text: string): number[] {
  return [...text].map((one) => one.codePointAt(0) as number);
}
