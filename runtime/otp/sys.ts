import { after, matching } from "../core/clauses.ts";
import { classOf, type ExitReason, reasonOf } from "../core/exit.ts";
import type { Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Ref } from "../core/ref.ts";
import type { Caller, Self } from "../core/self.ts";
import { suspending } from "../core/suspending.ts";
import type { GenServer } from "./gen-server-callbacks.ts";
import { locate, reasonFor } from "./locate.ts";
import type { AnyServer, Protocol, ServerName } from "./protocol.ts";
import type { Status } from "./status.ts";
import { Failure, type Request } from "./sys-requests.ts";

/**
 * The state of a running server. Erlang's `sys:get_state/1`.
 *
 * As with all of these, the caller exits with `[reason, ["sys", …]]` when there
 * is no such server or it does not answer within five seconds.
 */
export function getState(caller: Caller, server: AnyServer): Step<unknown> {
  return ask(caller, "getState", server, "get_state");
}

/** The state, and what else is known. Erlang's `sys:get_status/1`. */
export function getStatus(caller: Caller, server: AnyServer): Step<Status> {
  return ask(caller, "getStatus", server, "get_status") as Step<Status>;
}

/**
 * Puts another state in place. A function that throws changes nothing, and the
 * caller exits with `["callback_failed", …]`. Erlang's `sys:replace_state/2`.
 */
export function replaceState<S>(
  caller: Caller,
  server: AnyServer,
  change: (state: S) => S,
): Step<unknown> {
  return ask(caller, "replaceState", server, [
    "replace_state",
    change as never,
  ]);
}

/** Lets a server take nothing but system messages. Erlang's `sys:suspend/1`. */
export function suspend(caller: Caller, server: AnyServer): Step<unknown> {
  return ask(caller, "suspend", server, "suspend");
}

/** Lets it go on with what has come meanwhile. Erlang's `sys:resume/1`. */
export function resume(caller: Caller, server: AnyServer): Step<unknown> {
  return ask(caller, "resume", server, "resume");
}

/**
 * Gives a running server other callbacks, and its state to their `codeChange`.
 * The process, its mailbox, its links and its name stay: Erlang's hot upgrade,
 * as far as JavaScript can (`sys:change_code/4`). Functions that run, or that
 * others hold, stay the old ones. It happens between two messages, so that the
 * server need not be suspended for it.
 *
 * @returns "ok", or `["error", reason]`, and then nothing has changed.
 */
export function changeCode<P extends Protocol, S, A extends unknown[]>(
  caller: Caller,
  server: ServerName<P>,
  callbacks: GenServer<P, S, A>,
  extra?: unknown,
): Step<unknown> {
  const request = ["change_code", callbacks, extra] as const;
  return ask(caller, "changeCode", server as AnyServer, request);
}

function ask(
  caller: Caller,
  name: string,
  server: AnyServer,
  request: Request,
): Step<unknown> {
  const step = answer(caller as Self<never>, server, request);
  return suspending(caller, name, step);
}

function* answer(
  self: Self<never>,
  server: AnyServer,
  request: Request,
): Step<unknown> {
  const fail = (reason: ExitReason) => {
    const [word, ...args] = typeof request === "string" ? [request] : request;
    return self.exit([reason, ["sys", word, [server, ...args]]]);
  };
  const to = locate(self, server);
  if (typeof to === "string") return fail(reasonFor(server, to));
  if (to === self.pid) return fail("calling_self");
  const ref = self.monitor(to as Pid);
  self.send(to as Pid<unknown>, ["$system", [self.pid, ref], request]);
  const value = yield* self.receive(
    matching<
      ["$system_reply", Ref, unknown] | ["DOWN", Ref, ...unknown[]],
      unknown
    >(ref, {
      $system_reply: (_ref, value) => value,
      DOWN: (_ref, ...rest) => fail(rest[2]),
    }),
    after(5_000, () => fail("timeout")),
  );
  self.demonitor(ref, { flush: true });
  if (!(value instanceof Failure)) return value;
  const { failed } = value;
  return self.exit([
    "callback_failed",
    ["gen_server", "system_replace_state"],
    [classOf(failed), classOf(failed) === "throw" ? failed : reasonOf(failed)],
  ]);
}
