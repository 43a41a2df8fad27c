import { isGenerator } from "../core/apply.ts";
import { classOf, Exit, reasonOf } from "../core/exit.ts";
import type { Process, Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Self } from "../core/self.ts";
import { isAnswer, isEnded } from "./gen-server-answer.ts";
import type { Action, GenServer, InitResult } from "./gen-server-callbacks.ts";
import { Loop } from "./gen-server-loop.ts";
import type { Acknowledge } from "./proc-lib.ts";
import type { Protocol } from "./protocol.ts";
import type { StartResult } from "./start-result.ts";

/** A server from its first line: the name, `init`, the word to the starter. */
export function* serve(
  self: Self<never>,
  parent: Pid | undefined,
  callbacks: GenServer<Protocol, unknown, unknown[]>,
  args: unknown[],
  name: string | undefined,
  acknowledge: Acknowledge<StartResult<Pid>>,
): Process {
  if (name !== undefined) {
    const holder = self.whereis(name);
    if (holder) {
      return acknowledge(["error", ["already_started", holder]], "ending");
    }
    self.register(name);
  }
  // Whoever hears that the start failed can take the name at once.
  const fail = (answer: StartResult<Pid>, end: unknown): never => {
    // Unless init has given it up by itself.
    if (name !== undefined && self.whereis(name) === self.pid) {
      self.unregister(name);
    }
    acknowledge(answer, "ending");
    throw end;
  };
  let result: InitResult<unknown>;
  try {
    const value = callbacks.init(self as never, ...args);
    result = isGenerator(value)
      ? yield* value as Step<InitResult<unknown>>
      : (value as InitResult<unknown>);
  } catch (thrown) {
    if (isEnded(self)) throw thrown;
    // In Erlang a thrown term counts as the callback's value.
    if (classOf(thrown) !== "throw") {
      return fail(["error", reasonOf(thrown)], thrown);
    }
    result = thrown as InitResult<unknown>;
  }
  if (result === "ignore") return fail("ignore", new Exit("normal"));
  if (Array.isArray(result) && result[0] === "stop" && result.length === 2) {
    return fail(["error", result[1]], new Exit(result[1]));
  }
  if (!Array.isArray(result) || result[0] !== "ok" || !isAnswer(result, 2)) {
    const reason = ["bad_return_value", result];
    return fail(["error", reason], new Exit(reason));
  }
  const [, state, action] = result as [string, unknown, Action?];
  acknowledge(["ok", self.pid]);
  // A tail call: each message would else come down through this body, too.
  return new Loop(
    self,
    parent ?? self.pid,
    callbacks as never,
    state,
    action,
  ) as never;
}
