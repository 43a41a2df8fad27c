import { Exit } from "../core/exit.ts";
import type { Process } from "../core/message.ts";
import type { Caller, Self } from "../core/self.ts";
import { suspending } from "../core/suspending.ts";
import { ancestorsOf } from "./crash-report.ts";
import type { Action, GenServer } from "./gen-server-callbacks.ts";
import { Loop } from "./gen-server-loop.ts";
import type { Protocol } from "./protocol.ts";

/** How a process enters the loop. */
export interface EnterLoopOptions {
  /** The name it is registered under, if it is. */
  readonly name?: string;
  /** What comes first, as behind the state that `init` answers with. */
  readonly action?: Action;
}

/**
 * Makes a generic server of a process that has had an `init` of its own, and
 * never comes back: `return genServer.enterLoop(self, callbacks, state)`. The
 * process must have been started with `procLib`.
 *
 * It exits with `process_was_not_started_by_proc_lib`, or with
 * `process_not_registered` if `name` is not its own.
 *
 * @see Erlang's `gen_server:enter_loop/3,4,5`
 */
export function enterLoop<P extends Protocol, S, A extends unknown[]>(
  caller: Caller,
  callbacks: GenServer<P, S, A>,
  state: S,
  options: EnterLoopOptions = {},
): Process {
  const loop = entered(
    caller as Self<never>,
    callbacks as never,
    state,
    options,
  );
  return suspending(caller, "genServer.enterLoop", loop) as Process;
}

function* entered(
  self: Self<never>,
  callbacks: GenServer<Protocol, unknown, never[]>,
  state: unknown,
  { name, action }: EnterLoopOptions,
): Process {
  const [parent] = ancestorsOf(self.pid);
  if (!parent) throw new Exit("process_was_not_started_by_proc_lib");
  if (name !== undefined && self.whereis(name) !== self.pid) {
    throw new Exit("process_not_registered");
  }
  return yield* new Loop(self, parent, callbacks, state, action);
}
