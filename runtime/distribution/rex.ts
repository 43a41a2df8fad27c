import type { Process } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Ref } from "../core/ref.ts";
import type { Self } from "../core/self.ts";
import { type From, genServer } from "../otp/index.ts";
import { type Allowed, type CallOutcome, callAllowed } from "./allowed.ts";
import { named } from "./bare-word.ts";
import { Atom, atom, tuple } from "./etf/index.ts";
import { runs } from "./spawn-service.ts";

type Request = readonly [
  how: string,
  m: unknown,
  f: unknown,
  args: unknown,
  leader?: unknown,
];

type Message =
  | readonly ["$gen_call", from: From, request: Request]
  | readonly ["$gen_cast", request: Request]
  | readonly ["DOWN", ref: Ref, type: "process", pid: Pid, reason: unknown];

/**
 * The server that answers calls of functions on this node: Erlang's `rex`.
 * Each call runs in a process of its own, so that none waits for another.
 */
export function* rex(self: Self<Message>, allow: Allowed): Process {
  const waiting = new Map<Ref, From>();
  for (;;) {
    yield* self.receive({
      $gen_call(from, request) {
        const call = callIn(request, "call", "block_call");
        if (call === undefined) return;
        const [module, name, args] = call;
        const [, ref] = self.spawnMonitor(rpcCall, allow, module, name, args);
        waiting.set(ref, from);
      },
      $gen_cast(request) {
        const call = callIn(request, "cast");
        if (call) self.spawn(runs(allow, ...call));
      },
      DOWN(ref, _type, _pid, reason) {
        const from = waiting.get(ref);
        waiting.delete(ref);
        if (from) answer(self, from, reason);
      },
      _: () => {},
    });
  }
}

function* rpcCall(
  self: Self<never>,
  allow: Allowed,
  module: string,
  name: string,
  args: readonly unknown[],
): Process {
  const outcome = yield* callAllowed(self, allow, module, name, args);
  self.exit(["rpc", resultOf(outcome)]);
}

function answer(self: Self<Message>, from: From, reason: unknown): void {
  const isResult = Array.isArray(reason) && reason[0] === "rpc";
  const result = isResult ? reason[1] : resultOf(["exit", reason]);
  try {
    genServer.reply(self, from, result);
  } catch (error) {
    // There is no term for it, and the caller is to know why nothing comes.
    const why = ["unencodable", (error as Error).message];
    genServer.reply(self, from, resultOf(["error", why, []]));
  }
}

/** What `rpc:call` makes of it: a throw cannot be told from a return. */
function resultOf(outcome: CallOutcome): unknown {
  switch (outcome[0]) {
    case "return":
    case "throw":
      return outcome[1];
    case "exit":
      return ["badrpc", ["EXIT", named(outcome[1])]];
    case "error":
      return ["badrpc", ["EXIT", tuple(outcome[1], outcome[2])]];
  }
}

function callIn(
  request: unknown,
  ...kinds: string[]
): [module: string, name: string, args: unknown[]] | undefined {
  if (!Array.isArray(request) || !kinds.includes(request[0])) return undefined;
  const [, module, name, args] = request;
  if (!(module instanceof Atom && name instanceof Atom)) return undefined;
  return Array.isArray(args) ? [module.text, name.text, args] : undefined;
}

export const REX = "rex";
export const OUTPUT_OF_THAT_NODE = atom("user");
