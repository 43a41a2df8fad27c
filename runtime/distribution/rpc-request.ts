import type { Caller } from "../core/self.ts";
import { genServer } from "../otp/index.ts";
import { atom, list } from "./etf/index.ts";
import { OUTPUT_OF_THAT_NODE, REX } from "./rex.ts";

type Sent = ReturnType<typeof genServer.sendRequest>;

/** A function that is to be called on another node, and how long it may take. */
export interface Wanted {
  readonly node: string;
  readonly module: string;
  readonly name: string;
  readonly args: readonly unknown[];
  readonly timeoutMs: number;
}

/** A call under way; its value is fetched with `rpc.yield`. */
export interface Promised {
  readonly sent: Sent;
}

/** Begins a call and goes on at once. Erlang's `rpc:async_call/4`. */
export function asyncCall(
  caller: Caller,
  node: string,
  module: string,
  name: string,
  args: readonly unknown[],
): Promised {
  const request = requestFor("call", module, name, args);
  const server = [REX, node] as never;
  return { sent: genServer.sendRequest(caller, server, request) };
}

/** What is asked of `rex`. */
export function requestFor(
  how: string,
  module: string,
  name: string,
  args: readonly unknown[],
): never {
  const given = list(...args);
  return [how, atom(module), atom(name), given, OUTPUT_OF_THAT_NODE] as never;
}
