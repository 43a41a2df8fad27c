import { Exit } from "../core/exit.ts";
import type { Step } from "../core/message.ts";
import type { Caller } from "../core/self.ts";
import { suspending } from "../core/suspending.ts";
import { genServer } from "../otp/index.ts";
import { multicall } from "./multicall.ts";
import { REX } from "./rex.ts";
import {
  asyncCall,
  type Promised,
  requestFor,
  type Wanted,
} from "./rpc-request.ts";
import { badRpc, tidy, valueIn } from "./rpc-value.ts";

/**
 * Calls a function on another node and waits for its value. Erlang's
 * `rpc:call/4,5`.
 *
 * `["badrpc", reason]` is what comes of a node out of reach (`"nodedown"`), of
 * time (`"timeout"`), and of a function that exits (`["EXIT", reason]`) or
 * fails (`["EXIT", {reason, stack}]`). One that throws cannot be told from one
 * that returns.
 *
 * @param timeoutMs how long to wait. @defaultValue Infinity
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
  return suspending(caller, "rpc.call", calling(caller, wanted));
}

function* calling(
  caller: Caller,
  { node, module, name, args, timeoutMs }: Wanted,
): Step<unknown> {
  const request = requestFor("call", module, name, args);
  try {
    const server = [REX, node] as never;
    return tidy(yield* genServer.call(caller, server, request, timeoutMs));
  } catch (caught) {
    if (!(caught instanceof Exit)) throw caught;
    return badRpc((caught.reason as readonly unknown[])[0]);
  }
}

/** Has a function called on another node, come of it what may. `rpc:cast/4`. */
function cast(
  caller: Caller,
  node: string,
  module: string,
  name: string,
  args: readonly unknown[],
): true {
  const request = requestFor("cast", module, name, args);
  genServer.cast(caller, [REX, node] as never, request);
  return true;
}

/** Waits for the value of a call. Erlang's `rpc:yield/1`. */
function yieldValue(caller: Caller, promised: Promised): Step<unknown> {
  return suspending(caller, "rpc.yield", yielding(caller, promised));
}

function* yielding(caller: Caller, { sent }: Promised): Step<unknown> {
  return valueIn(yield* genServer.receiveResponse(caller, sent));
}

/**
 * Looks whether the value has come: `["value", value]` or `"timeout"`, after
 * which one may look again. Erlang's `rpc:nb_yield/1,2`.
 */
function nbYield(
  caller: Caller,
  promised: Promised,
  timeoutMs = 0,
): Step<readonly ["value", unknown] | "timeout"> {
  const step = looking(caller, promised, timeoutMs);
  return suspending(caller, "rpc.nbYield", step);
}

function* looking(
  caller: Caller,
  { sent }: Promised,
  timeoutMs: number,
): Step<readonly ["value", unknown] | "timeout"> {
  const response = yield* genServer.waitResponse(caller, sent, timeoutMs);
  if (response === "timeout") return response;
  return ["value", valueIn(response)];
}

export const rpc = {
  call,
  cast,
  multicall,
  asyncCall,
  yield: yieldValue,
  nbYield,
} as const;
