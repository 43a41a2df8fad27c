import type { Step } from "../core/message.ts";
import type { Caller, Self } from "../core/self.ts";
import { suspending } from "../core/suspending.ts";
import { genServer } from "../otp/index.ts";
import { asyncCall, type Wanted } from "./rpc-request.ts";
import { isDown, valueIn } from "./rpc-value.ts";

/**
 * Calls a function on many nodes at the same time. Erlang's `rpc:multicall`.
 *
 * @returns the values in the order of the nodes, and the nodes out of reach.
 */
export function multicall(
  caller: Caller,
  nodes: readonly string[],
  module: string,
  name: string,
  args: readonly unknown[],
  timeoutMs = Number.POSITIVE_INFINITY,
): Step<readonly [values: unknown[], badNodes: string[]]> {
  const wanted = { module, name, args, timeoutMs };
  return suspending(caller, "rpc.multicall", asking(caller, nodes, wanted));
}

function* asking(
  caller: Caller,
  nodes: readonly string[],
  { module, name, args, timeoutMs }: Omit<Wanted, "node">,
): Step<readonly [values: unknown[], badNodes: string[]]> {
  const { clock } = (caller as Self<never> & HasHome).home;
  const endsAtMs = clock.now() + timeoutMs;
  const calls = nodes.map((node) => ({
    node,
    ...asyncCall(caller, node, module, name, args),
  }));
  const values: unknown[] = [];
  const badNodes: string[] = [];
  for (const { node, sent } of calls) {
    const leftMs = Math.max(0, Math.ceil(endsAtMs - clock.now()));
    const response = yield* genServer.receiveResponse(caller, sent, leftMs);
    const value = response === "timeout" ? undefined : valueIn(response);
    if (response === "timeout" || isDown(value)) badNodes.push(node);
    else values.push(value);
  }
  return [values, badNodes] as const;
}

interface HasHome {
  readonly home: { readonly clock: { now(): number } };
}
