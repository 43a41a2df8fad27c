import type { Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Ref } from "../core/ref.ts";
import type { Caller, Self } from "../core/self.ts";
import { suspending } from "../core/suspending.ts";
import type { GenServer } from "./gen-server-callbacks.ts";
import { serve } from "./gen-server-init.ts";
import { startMonitor as startProcess } from "./proc-lib.ts";
import type { Protocol, Server } from "./protocol.ts";
import type { StartOptions, StartResult } from "./start-result.ts";
import { unwatched } from "./unwatched.ts";

export { enterLoop } from "./enter-loop.ts";
export { call, cast, reply } from "./gen-call.ts";
export { abcast, type ManyReplies, multiCall } from "./multi-call.ts";
export {
  checkAnyResponse,
  type LabelledResponse,
  type RequestIds,
  receiveAnyResponse,
  requestIds,
  waitAnyResponse,
} from "./request-collection.ts";
export {
  checkResponse,
  type RequestId,
  type Response,
  receiveResponse,
  sendRequest,
  waitResponse,
} from "./requests.ts";
export { stop } from "./stop.ts";

/** How a generic server is started. */
export interface GenServerOptions extends StartOptions {
  /**
   * Accepted, and without effect: JavaScript gives no process a heap of its own
   * that could be shrunk. Erlang's `{hibernate_after, Ms}`.
   */
  readonly hibernateAfterMs?: number | undefined;
}

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
  options: GenServerOptions = {},
): Step<StartResult<Server<P>>> {
  const step = unwatched(
    self,
    begin(self, callbacks, args, options, undefined, false),
  );
  return suspending(self, "genServer.start", step);
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
  options: GenServerOptions = {},
): Step<StartResult<Server<P>>> {
  const step = unwatched(
    self,
    begin(self, callbacks, args, options, self.pid, true),
  );
  return suspending(self, "genServer.startLink", step);
}

/**
 * The same as {@link start}, and watched: a `DOWN` with the reference tells of
 * its end. One that fails to start is told of by the answer alone.
 *
 * @see Erlang's `gen_server:start_monitor/3,4`
 */
export function startMonitor<P extends Protocol, S, A extends unknown[]>(
  self: Caller,
  callbacks: GenServer<P, S, A>,
  args: A,
  options: GenServerOptions = {},
): Step<StartResult<readonly [server: Server<P>, ref: Ref]>> {
  const step = watched(
    self,
    begin(self, callbacks, args, options, self.pid, false),
  );
  return suspending(self, "genServer.startMonitor", step);
}

type Begun<P extends Protocol> = readonly [StartResult<Server<P>>, Ref?];

function* watched<P extends Protocol>(
  self: Caller,
  step: Step<Begun<P>>,
): Step<StartResult<readonly [server: Server<P>, ref: Ref]>> {
  const [result, ref] = yield* step;
  if (result !== "ignore" && result[0] === "ok" && ref) {
    return ["ok", [result[1], ref]] as const;
  }
  if (ref) (self as Self<never>).demonitor(ref, { flush: true });
  return result as "ignore" | readonly ["error", unknown];
}

function* begin<P extends Protocol, S, A extends unknown[]>(
  self: Caller,
  callbacks: GenServer<P, S, A>,
  args: A,
  { name, timeoutMs }: StartOptions,
  // Whose end is the server's; by default its own.
  parent: Pid | undefined,
  link: boolean,
): Step<Begun<P>> {
  const holder = name && (self as Self<never>).whereis(name);
  if (holder) return [["error", ["already_started", holder]]];
  const label = callbacks.name ?? name ?? "gen_server";
  return yield* startProcess<StartResult<Server<P>>>(
    self,
    label,
    (it, acknowledge) =>
      serve(it, parent, callbacks as never, args, name, acknowledge as never),
    { link, timeoutMs },
  );
}
