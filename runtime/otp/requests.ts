import { after, matching } from "../core/clauses.ts";
import type { ExitReason } from "../core/exit.ts";
import type { Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Ref } from "../core/ref.ts";
import type { Caller, Self } from "../core/self.ts";
import { suspending } from "../core/suspending.ts";
import { locate } from "./locate.ts";
import type {
  AnyServer,
  Calls,
  Protocol,
  ReplyOf,
  RequestOf,
  ServerName,
} from "./protocol.ts";
import { type ResponseMessage, sendCall } from "./send-call.ts";

/** A request under way, whose reply is an `R`. Erlang's `request_id()`. */
export interface RequestId<R = unknown> {
  readonly ref: Ref & { readonly reply?: R };
  readonly server: AnyServer;
}

/** What came of a request. */
export type Response<R = unknown> =
  | readonly ["reply", reply: R]
  | readonly [
      "error",
      reason: readonly [reason: ExitReason, server: AnyServer],
    ];

/**
 * Asks a server and goes on at once; the reply is fetched later. That there is
 * no such server is told with the response. Erlang's `gen_server:send_request/2`.
 */
export function sendRequest<
  P extends Protocol,
  const R extends RequestOf<Calls<P>>,
>(
  caller: Caller,
  server: ServerName<P>,
  request: R,
): RequestId<ReplyOf<Calls<P>, R>> {
  const self = caller as Self<never>;
  const to = locate(self, server as AnyServer);
  if (typeof to === "string") {
    const ref = self.makeRef();
    const down = ["DOWN", ref, "process", server, to];
    self.send(self.pid as Pid<unknown>, down);
    return { ref, server: server as AnyServer };
  }
  return { ref: sendCall(self, to, request), server: server as AnyServer };
}

/**
 * Waits for the response; after `"timeout"` one may wait again.
 * Erlang's `gen_server:wait_response/2`.
 *
 * @param timeoutMs how long to wait. @defaultValue Infinity
 */
export function waitResponse<R>(
  caller: Caller,
  request: RequestId<R>,
  timeoutMs = Number.POSITIVE_INFINITY,
): Step<Response<R> | "timeout"> {
  const step = awaited(caller as Self<never>, request, timeoutMs);
  return suspending(caller, "genServer.waitResponse", step);
}

/**
 * Waits for the response; after `"timeout"` the request is given up, and a
 * late reply is lost. Erlang's `gen_server:receive_response/2`.
 *
 * @param timeoutMs how long to wait. @defaultValue Infinity
 */
export function receiveResponse<R>(
  caller: Caller,
  request: RequestId<R>,
  timeoutMs = Number.POSITIVE_INFINITY,
): Step<Response<R> | "timeout"> {
  const step = received(caller as Self<never>, request, timeoutMs);
  return suspending(caller, "genServer.receiveResponse", step);
}

function* received<R>(
  self: Self<never>,
  request: RequestId<R>,
  timeoutMs: number,
): Step<Response<R> | "timeout"> {
  const response = yield* awaited(self, request, timeoutMs);
  if (response === "timeout") self.demonitor(request.ref, { flush: true });
  return response;
}

/**
 * Whether a message that was received is the response to a request.
 * Erlang's `gen_server:check_response/2`.
 */
export function checkResponse<R>(
  message: unknown,
  request: RequestId<R>,
): Response<R> | "no_reply" {
  if (!Array.isArray(message) || message[1] !== request.ref) return "no_reply";
  return responseOf(message as never, request);
}

export function responseOf<R>(
  message: ResponseMessage,
  { server }: RequestId<R>,
): Response<R> {
  return message[0] === "$gen_reply"
    ? ["reply", message[2] as R]
    : ["error", [message[4], server]];
}

function* awaited<R>(
  self: Self<never>,
  request: RequestId<R>,
  timeoutMs: number,
): Step<Response<R> | "timeout"> {
  return yield* self.receive(
    matching<ResponseMessage, Response<R>>(request.ref, {
      $gen_reply: (_ref, reply) => ["reply", reply as R],
      DOWN: (...end) => ["error", [end[3], request.server]],
    }),
    after(timeoutMs, () => "timeout" as const),
  );
}
