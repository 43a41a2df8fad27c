import type { Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Ref } from "../core/ref.ts";
import type { Caller, Self } from "../core/self.ts";
import { announced } from "../core/suspending.ts";
import { Asking } from "./asking.ts";
import { locate } from "./locate.ts";
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
import type { ResponseMessage } from "./send-call.ts";

/** What a call, a cast and a reply are on the wire. */
export type Wire =
  | readonly ["$gen_call", from: From, request: unknown]
  | readonly ["$gen_cast", request: unknown]
  | ResponseMessage;

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
  const process = announced(caller, "genServer.call");
  return new Asking(process, server as AnyServer, request, timeoutMs) as never;
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
