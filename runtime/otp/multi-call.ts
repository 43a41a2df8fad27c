import type { Step } from "../core/message.ts";
import type { LocalProcess } from "../core/process.ts";
import type { Caller } from "../core/self.ts";
import { suspending } from "../core/suspending.ts";
import { cast } from "./gen-call.ts";
import type { Calls, Casts, Protocol, ReplyOf, RequestOf } from "./protocol.ts";
import { receiveResponse, sendRequest } from "./requests.ts";

/** Who has answered what, and the nodes from which no answer came. */
export type ManyReplies<R> = readonly [
  replies: (readonly [node: string, reply: R])[],
  badNodes: string[],
];

/**
 * Asks the servers of one name on several nodes, all at the same time, and
 * waits for all. A node without such a server is a bad node, as one is that is
 * out of reach or late. Erlang's `gen_server:multi_call/2,3,4`.
 *
 * @param timeoutMs how long to wait in all. @defaultValue Infinity
 */
export function multiCall<
  P extends Protocol,
  const R extends RequestOf<Calls<P>> = RequestOf<Calls<P>>,
>(
  caller: Caller,
  nodes: readonly string[],
  name: string,
  request: R,
  timeoutMs = Number.POSITIVE_INFINITY,
): Step<ManyReplies<ReplyOf<Calls<P>, R>>> {
  const step = askAll<P, R>(caller, nodes, name, request, timeoutMs);
  return suspending(caller, "genServer.multiCall", step);
}

function* askAll<P extends Protocol, const R extends RequestOf<Calls<P>>>(
  caller: Caller,
  nodes: readonly string[],
  name: string,
  request: R,
  timeoutMs: number,
): Step<ManyReplies<ReplyOf<Calls<P>, R>>> {
  const { clock } = (caller as unknown as LocalProcess).home;
  const endsAtMs = clock.now() + timeoutMs;
  const requests = nodes.map(
    (node) => [node, sendRequest<P, R>(caller, [name, node], request)] as const,
  );
  const replies: [string, ReplyOf<Calls<P>, R>][] = [];
  const badNodes: string[] = [];
  for (const [node, id] of requests) {
    const leftMs = Math.max(0, endsAtMs - clock.now());
    const response = yield* receiveResponse(caller, id, leftMs);
    if (response !== "timeout" && response[0] === "reply")
      replies.push([node, response[1]]);
    else badNodes.push(node);
  }
  return [replies, badNodes];
}

/**
 * Tells the servers of one name on several nodes something, whether they are
 * there or not. Erlang's `gen_server:abcast/2,3`.
 */
export function abcast<P extends Protocol>(
  caller: Caller,
  nodes: readonly string[],
  name: string,
  request: RequestOf<Casts<P>>,
): "abcast" {
  for (const node of nodes) cast<P>(caller, [name, node], request);
  return "abcast";
}
