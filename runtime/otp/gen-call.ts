import { after, matching } from "../core/clauses.ts";
import type { ExitReason } from "../core/exit.ts";
import type { Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Ref } from "../core/ref.ts";
import type { Caller, Self } from "../core/self.ts";
import { suspending } from "../core/suspending.ts";
import { locate, reasonFor } from "./locate.ts";
import type {
  AnyServer,
  Calls,
  Casts,
  From,
  Protocol,
  ReplyOf,
  RequestOf,
  ServerName,
} from "./protocol.ts";

const DEFAULT_LIMIT_MS = 5_000;

/** What a call, a cast and a reply are on the wire. */
export type Wire =
  | readonly ["$gen_call", from: From, request: unknown]
  | readonly ["$gen_cast", request: unknown]
  | Answer;

type Answer =
  | readonly ["$gen_reply", ref: Ref, reply: unknown]
  | readonly [
      "DOWN",
      ref: Ref,
      type: "process",
      object: unknown,
      reason: ExitReason,
    ];

/** Why a call has no reply. */
class NoReply {
  readonly reason: ExitReason;
  constructor(reason: ExitReason) {
    this.reason = reason;
  }
}

// Made once: a call is on the hot path of everything that is built on servers.
const answers = {
  $gen_reply: (_ref: Ref, reply: unknown) => reply,
  DOWN: (_ref: Ref, _type: "process", _object: unknown, reason: ExitReason) =>
    new NoReply(reason),
};
const timedOut = () => new NoReply("timeout");
const defaultLimit = after(DEFAULT_LIMIT_MS, timedOut);

/**
 * Asks a server and waits for its reply. Erlang's `gen_server:call/2,3`.
 *
 * The caller exits with `[reason, ["gen_server", "call", [server, request]]]`
 * when there is no such server (`noproc`), when it ends before it has replied
 * (its reason), when its node is out of reach (`["nodedown", node]`), and when
 * no reply comes in time (`timeout`). A reply that comes later is dropped.
 *
 * @param timeoutMs how long to wait. @defaultValue 5000
 */
export function call<P extends Protocol, const R extends RequestOf<Calls<P>>>(
  caller: Caller,
  server: ServerName<P>,
  request: R,
  timeoutMs?: number,
): Step<ReplyOf<Calls<P>, R>> {
  const step = ask(caller as Self<never>, server as never, request, timeoutMs);
  return suspending(caller, "genServer.call", step) as never;
}

function* ask(
  self: Self<never>,
  server: AnyServer,
  request: unknown,
  timeoutMs: number | undefined,
): Step<unknown> {
  const fail = (reason: ExitReason) =>
    self.exit([
      reason,
      [
        "gen_server",
        "call",
        timeoutMs === undefined
          ? [server, request]
          : [server, request, timeoutMs],
      ],
    ]);
  const to = locate(self, server);
  if (typeof to === "string") return fail(reasonFor(server, to));
  if (to === self.pid) return fail("calling_self");
  const ref = self.monitor(to as Pid, { alias: "reply_demonitor" });
  self.send(to as Pid<unknown>, ["$gen_call", [self.pid, ref], request]);
  const answer = yield* self.receive(
    matching<Answer, unknown>(ref, answers),
    timeoutMs === undefined ? defaultLimit : after(timeoutMs, timedOut),
  );
  if (answer instanceof NoReply) {
    // From now on a late reply finds no address, and is lost, not misread.
    self.demonitor(ref, { flush: true });
    return fail(reasonFor(server, answer.reason));
  }
  return answer;
}

/**
 * Tells a server something and goes on at once; says "ok" even if there is no
 * such server. Erlang's `gen_server:cast/2`.
 */
export function cast<P extends Protocol>(
  caller: Caller,
  server: ServerName<P>,
  request: RequestOf<Casts<P>>,
): "ok" {
  const self = caller as Self<never>;
  const to = locate(self, server as AnyServer);
  if (typeof to !== "string") {
    self.send(to as Pid<unknown>, ["$gen_cast", request]);
  }
  return "ok";
}

/** Answers a caller, from wherever its `from` has got to. `gen_server:reply/2`. */
export function reply<R>(
  caller: Caller,
  from: From<R>,
  value: NoInfer<R>,
): void {
  // The tag is an address that only this one call answers to.
  const tag = from[1] as Ref<unknown>;
  (caller as Self<never>).send(tag, ["$gen_reply", tag, value]);
}
