import type { Pid } from "../core/pid.ts";
import type { GenServer } from "./gen-server-callbacks.ts";
import type { Protocol } from "./protocol.ts";

/** What a server looks like to a curious person. Erlang's `sys:get_status/1`. */
export interface Status {
  readonly pid: Pid;
  /** What its callbacks are called. */
  readonly name: string | undefined;
  readonly running: "running" | "suspended";
  /** Whose end is its end too, if it is linked to one. */
  readonly parent: Pid | undefined;
  /** What `formatStatus` shows of the state; all of it if there is none. */
  readonly state: unknown;
}

/** The state as a report or a status may show it. */
export function shownState(
  { formatStatus }: GenServer<Protocol, unknown, never[]>,
  state: unknown,
): unknown {
  try {
    return formatStatus ? formatStatus(state) : state;
  } catch {
    // What could not be formatted may be a secret: better not to show it.
    return "formatStatus crashed";
  }
}
