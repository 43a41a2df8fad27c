import type { Body } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Caller, Self } from "../core/self.ts";
import { descends, reported } from "./crash-report.ts";

/** Spawns a process whose crash is reported with its ancestors and links. */
export function spawn<A extends unknown[]>(
  caller: Caller,
  body: Body<Self<never>, A>,
  ...args: A
): Pid {
  const pid = (caller as Self<never>).spawn(
    reported(body.name, (self) => body(self, ...args)),
  );
  descends(pid, caller.pid);
  return pid;
}

/** The same, and links to it in one step. Erlang's `proc_lib:spawn_link`. */
export function spawnLink<A extends unknown[]>(
  caller: Caller,
  body: Body<Self<never>, A>,
  ...args: A
): Pid {
  const pid = (caller as Self<never>).spawnLink(
    reported(body.name, (self) => body(self, ...args)),
  );
  descends(pid, caller.pid);
  return pid;
}
