import { isGenerator } from "../core/apply.ts";
import { classOf, reasonOf } from "../core/exit.ts";
import type { Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Self } from "../core/self.ts";
import { reply } from "./gen-call.ts";
import { isAnswer, isEnded } from "./gen-server-answer.ts";
import type { Action, GenServer } from "./gen-server-callbacks.ts";
import { type Clause, invoke } from "./gen-server-clauses.ts";
import { terminate } from "./gen-server-terminate.ts";
import type { From, Protocol } from "./protocol.ts";
import type { Debugged } from "./sys-requests.ts";

type Callbacks = GenServer<Protocol, unknown, never[]>;

/** A server's callbacks and state: calls the ones, and does what they answer. */
export class Handler implements Debugged {
  readonly self: Self<never>;
  readonly parent: Pid;
  callbacks: Callbacks;
  state: unknown;
  isSuspended = false;
  /** What the last answer asked for, beside a state. */
  action: Action | undefined;
  /** The message that is being handled, for the report of an end. */
  last: unknown;

  constructor(
    self: Self<never>,
    parent: Pid,
    callbacks: Callbacks,
    state: unknown,
    action: Action | undefined,
  ) {
    this.self = self;
    this.parent = parent;
    this.callbacks = callbacks;
    this.state = state;
    this.action = action;
  }

  /** @returns what is left to do, if the callback suspends or is the last. */
  handle(
    clause: Clause,
    request: unknown,
    from: From | undefined,
  ): Step<void> | undefined {
    let result: unknown;
    try {
      result = invoke(clause, this.self, this.state, request, from);
    } catch (thrown) {
      return this.#thrown(thrown, from);
    }
    return isGenerator(result)
      ? this.#suspending(result as Step<unknown>, from)
      : this.#obey(result, from);
  }

  *#suspending(callback: Step<unknown>, from: From | undefined): Step<void> {
    let step: Step<void> | undefined;
    try {
      step = this.#obey(yield* callback, from);
    } catch (thrown) {
      step = this.#thrown(thrown, from);
    }
    if (step) yield* step;
  }

  #thrown(thrown: unknown, from: From | undefined): Step<void> | undefined {
    if (isEnded(this.self)) throw thrown;
    // In Erlang a thrown term counts as the callback's value.
    if (classOf(thrown) === "throw") return this.#obey(thrown, from);
    return this.terminate(reasonOf(thrown), thrown);
  }

  #obey(result: unknown, from: From | undefined): Step<void> | undefined {
    const answer = (Array.isArray(result) ? result : []) as readonly unknown[];
    switch (answer[0]) {
      case "noreply":
        if (!isAnswer(answer, 2)) break;
        this.state = answer[1];
        this.action = answer[2] as Action | undefined;
        return undefined;
      case "reply":
        if (!from || !isAnswer(answer, 3)) break;
        reply(this.self, from, answer[1]);
        this.state = answer[2];
        this.action = answer[3] as Action | undefined;
        return undefined;
      case "stop": {
        const [, reason, value] = answer;
        if (answer.length === 3) {
          this.state = value;
          return this.terminate(reason);
        }
        if (!from || answer.length !== 4) break;
        this.state = answer[3];
        // OTP replies after terminate, so that the caller finds all tidied up.
        const finish = () => reply(this.self, from, value);
        return this.terminate(reason, undefined, finish);
      }
    }
    return this.terminate(["bad_return_value", result]);
  }

  terminate(reason: unknown, thrown?: unknown, last?: () => void): Step<never> {
    return terminate(this, reason, thrown, last);
  }
}
