import { isGenerator } from "../core/apply.ts";
import { classOf, Exit, reasonOf } from "../core/exit.ts";
import type { Process, Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Caller, Self } from "../core/self.ts";
import type { Action, GenServer, InitResult } from "./gen-server-callbacks.ts";
import { Loop } from "./gen-server-loop.ts";
import { type Acknowledge, start as startProcess } from "./proc-lib.ts";
import type { Protocol, Server } from "./protocol.ts";
import type { StartOptions, StartResult } from "./start-result.ts";

export { call, cast, reply } from "./gen-call.ts";
export { stop } from "./stop.ts";

/**
 * Starts a generic server and waits until its `init` has finished.
 *
 * @returns `["ok", pid]`, `["error", reason]`, or `"ignore"`. A taken name is
 * `["error", ["already_started", pid]]`, a slow `init` `["error", "timeout"]`.
 * @see Erlang's `gen_server:start/3,4`
 */
export function start<P extends Protocol, S, A extends unknown[]>(
  self: Caller,
  callbacks: GenServer<P, S, A>,
  args: A,
  options: StartOptions = {},
): Step<StartResult<Server<P>>> {
  return begin(self, callbacks, args, options, false);
}

/**
 * The same, linked to the starter, as supervisors want it. A starter that does
 * not trap exits dies with a server whose `init` fails.
 *
 * @see Erlang's `gen_server:start_link/3,4`
 */
export function startLink<P extends Protocol, S, A extends unknown[]>(
  self: Caller,
  callbacks: GenServer<P, S, A>,
  args: A,
  options: StartOptions = {},
): Step<StartResult<Server<P>>> {
  return begin(self, callbacks, args, options, true);
}

function begin<P extends Protocol, S, A extends unknown[]>(
  self: Caller,
  callbacks: GenServer<P, S, A>,
  args: A,
  { name, timeoutMs }: StartOptions,
  link: boolean,
): Step<StartResult<Server<P>>> {
  const label = callbacks.name ?? name ?? "gen_server";
  const parent = link ? self.pid : undefined;
  return startProcess<StartResult<Server<P>>>(
    self,
    label,
    (it, acknowledge) =>
      serve(it, parent, callbacks as never, args, name, acknowledge as never),
    { link, timeoutMs },
  );
}

/** A server from its first line: the name, `init`, the word to the starter. */
function* serve(
  self: Self<never>,
  parent: Pid | undefined,
  callbacks: GenServer<Protocol, unknown, unknown[]>,
  args: unknown[],
  name: string | undefined,
  acknowledge: Acknowledge<StartResult<Pid>>,
): Process {
  if (name !== undefined) {
    const holder = self.whereis(name);
    if (holder) {
      return acknowledge(["error", ["already_started", holder]]);
    }
    self.register(name);
  }
  // Whoever hears that the start failed can take the name at once.
  const fail = (answer: StartResult<Pid>, end: unknown): never => {
    if (name !== undefined) self.unregister(name);
    acknowledge(answer);
    throw end;
  };
  let result: InitResult<unknown>;
  try {
    const value = callbacks.init(self as never, ...args);
    result = isGenerator(value)
      ? yield* value as Step<InitResult<unknown>>
      : (value as InitResult<unknown>);
  } catch (thrown) {
    // In Erlang a thrown term counts as the callback's value.
    if (classOf(thrown) !== "throw") {
      return fail(["error", reasonOf(thrown)], thrown);
    }
    result = thrown as InitResult<unknown>;
  }
  if (result === "ignore") return fail("ignore", new Exit("normal"));
  if (Array.isArray(result) && result[0] === "stop" && result.length === 2) {
    return fail(["error", result[1]], new Exit(result[1]));
  }
  if (!Array.isArray(result) || result[0] !== "ok") {
    const reason = ["bad_return_value", result];
    return fail(["error", reason], new Exit(reason));
  }
  const [, state, action] = result as [string, unknown, Action?];
  acknowledge(["ok", self.pid]);
  return yield* new Loop(self, parent, callbacks as never, state, action).run();
}
