import { after, matching } from "../core/clauses.ts";
import type { Step } from "../core/message.ts";
import type { LocalProcess } from "../core/process.ts";
import type { LocalRef } from "../core/ref.ts";
import type { Caller, Self } from "../core/self.ts";
import { suspending } from "../core/suspending.ts";
import { bare } from "./bare-word.ts";
import { ErpcError } from "./erpc-error.ts";
import { atom, list } from "./etf/index.ts";
import { RemoteNode } from "./remote-node.ts";
import type { Wanted } from "./rpc-request.ts";

type Ended = readonly [
  "DOWN",
  ref: LocalRef,
  type: string,
  object: unknown,
  reason: unknown,
];

/**
 * Calls a function on another node and waits for its value. Erlang's
 * `erpc:call/4,5`: unlike `rpc.call` it tells every ending from every other.
 *
 * What the function throws is thrown here; where it exits, the caller exits
 * with `["exception", reason]`.
 *
 * @param timeoutMs how long to wait. @defaultValue Infinity
 * @throws ErpcError `noconnection`, `timeout`, `undef`, or `exception` where
 * the function failed.
 */
function call(
  caller: Caller,
  node: string,
  module: string,
  name: string,
  args: readonly unknown[],
  timeoutMs = Number.POSITIVE_INFINITY,
): Step<unknown> {
  const wanted = { node, module, name, args, timeoutMs };
  return suspending(caller, "erpc.call", calling(caller, wanted));
}

function* calling(
  caller: Caller,
  { node, module, name, args, timeoutMs }: Wanted,
): Step<unknown> {
  const what = `${module}:${name} on ${node}`;
  const self = caller as Self<Ended>;
  const { home } = caller as unknown as LocalProcess;
  const remote = home.remoteNamed?.(node);
  if (!(remote instanceof RemoteNode)) {
    throw new ErpcError("noconnection", `There is no way to ${node}.`);
  }
  const mark = self.makeRef();
  const target = [mark, atom(module), atom(name), list(...args)];
  const ref = remote.execute(caller as unknown as LocalProcess, target);
  const late = after(timeoutMs, () => undefined);
  const answers = matching<Ended, { reason: unknown }>(ref as never, {
    DOWN: (_ref, _type, _object, reason) => ({ reason }),
  });
  const ended = yield* self.receive(answers, late);
  if (ended !== undefined) return valueIn(self, what, mark, ended.reason);
  self.demonitor(ref as never, { flush: true });
  throw new ErpcError("timeout", `${what} took longer than ${timeoutMs} ms.`);
}

function valueIn(
  self: Self<Ended>,
  what: string,
  mark: unknown,
  reason: unknown,
): unknown {
  if (!Array.isArray(reason) || reason[0] !== mark) {
    if (reason === "noconnection") {
      throw new ErpcError("noconnection", `No connection for ${what}.`);
    }
    return self.exit(["signal", reason]);
  }
  const [, how, value, stack] = reason;
  switch (bare(how)) {
    case "return":
      return value;
    case "throw":
      throw value;
    case "exit":
      return self.exit(["exception", bare(value)]);
    default:
      throw ErpcError.from(what, bare(value), stack);
  }
}

export const erpc = { call } as const;
