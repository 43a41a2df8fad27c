import { after, matching } from "../core/clauses.ts";
import type { ExitReason } from "../core/exit.ts";
import type { Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Ref } from "../core/ref.ts";
import type { Caller, Self } from "../core/self.ts";
import type { GenServer } from "./gen-server-callbacks.ts";
import type { Protocol, Server } from "./protocol.ts";

/** What a system message may look into and change. */
export interface Debugged {
  readonly self: Self<never>;
  callbacks: GenServer<Protocol, unknown, never[]>;
  state: unknown;
  terminate(reason: ExitReason): Step<never>;
}

type Request =
  | "get_state"
  | readonly ["terminate", reason: ExitReason]
  | readonly ["replace_state", change: (state: unknown) => unknown]
  | readonly ["change_code", callbacks: unknown, extra: unknown];
type SystemMessage = readonly [
  "$system",
  from: readonly [Pid<unknown>, Ref],
  request: Request,
];

/** The state of a running server. Erlang's `sys:get_state/1`. */
export function getState(caller: Caller, server: Server<never>): Step<unknown> {
  return ask(caller, server, "get_state");
}

/** Puts another state in place; a function that throws changes nothing. */
export function replaceState<S>(
  caller: Caller,
  server: Server<never>,
  change: (state: S) => S,
): Step<unknown> {
  return ask(caller, server, ["replace_state", change as never]);
}

/**
 * Gives a running server other callbacks, and its state to their `codeChange`.
 * The process, its mailbox, its links and its name stay: Erlang's hot upgrade,
 * as far as JavaScript can (`sys:change_code/4`). Functions that run, or that
 * others hold, stay the old ones.
 *
 * @returns "ok", or `["error", reason]`, and then nothing has changed.
 */
export function changeCode<P extends Protocol, S, A extends unknown[]>(
  caller: Caller,
  server: Server<P>,
  callbacks: GenServer<P, S, A>,
  extra?: unknown,
): Step<unknown> {
  return ask(caller, server as never, ["change_code", callbacks, extra]);
}

function* ask(
  caller: Caller,
  server: Server<never>,
  request: Request,
): Step<unknown> {
  const self = caller as Self<never>;
  const ref = self.monitor(server);
  self.send(server as Pid as Pid<unknown>, [
    "$system",
    [self.pid, ref],
    request,
  ]);
  const answer = yield* self.receive(
    matching<
      ["$system_reply", Ref, unknown] | ["DOWN", Ref, ...unknown[]],
      unknown
    >(ref, {
      $system_reply: (_ref, value) => value,
      DOWN: (_ref, ...rest) =>
        self.exit([rest[2], ["sys", "call", [server, request]]]),
    }),
    after(5_000, () =>
      self.exit(["timeout", ["sys", "call", [server, request]]]),
    ),
  );
  self.demonitor(ref, { flush: true });
  return answer;
}

/** A server's side: answers between two messages, never inside one. */
export function* handleSystem(
  server: Debugged,
  [, [pid, ref], request]: SystemMessage,
): Step<void> {
  if (typeof request !== "string" && request[0] === "terminate") {
    return yield* server.terminate(request[1]);
  }
  server.self.send(pid, ["$system_reply", ref, outcomeOf(server, request)]);
}

function outcomeOf(
  server: Debugged,
  request: Exclude<Request, readonly ["terminate", ...unknown[]]>,
): unknown {
  if (request === "get_state") return server.state;
  if (request[0] === "replace_state") {
    try {
      server.state = request[1](server.state);
      return server.state;
    } catch (error) {
      return ["error", error];
    }
  }
  const [, callbacks, extra] = request;
  const next = callbacks as Debugged["callbacks"];
  if (next.codeChange) {
    const old = server.callbacks.version;
    const result = next.codeChange(old, server.state as never, extra);
    if (result[0] === "error") return result;
    server.state = result[1];
  }
  server.callbacks = next;
  return "ok";
}
