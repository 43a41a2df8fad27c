import { isGenerator } from "../core/apply.ts";
import { after } from "../core/clauses.ts";
import { classOf, reasonOf } from "../core/exit.ts";
import { type Process, type Step, tagOf } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Self } from "../core/self.ts";
import { reply } from "./gen-call.ts";
import { isAnswer, isEnded } from "./gen-server-answer.ts";
import type { Action, GenServer } from "./gen-server-callbacks.ts";
import { type Clause, choose, invoke, whatever } from "./gen-server-clauses.ts";
import { terminate } from "./gen-server-terminate.ts";
import { noClause, noContinue, noInfo } from "./gen-server-unmatched.ts";
import type { From, Protocol } from "./protocol.ts";
import { type Debugged, handleSystem, systemOnly } from "./sys-requests.ts";

type Callbacks = GenServer<Protocol, unknown, never[]>;

/** A server's loop: its callbacks, its state, and what comes next. */
export class Loop implements Debugged {
  readonly self: Self<never>;
  readonly parent: Pid;
  callbacks: Callbacks;
  state: unknown;
  isSuspended = false;
  #action: Action | undefined;
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
    this.#action = action;
  }

  /** One message after the other; a step only where a callback suspends. */
  *run(): Process {
    for (;;) {
      const action = this.#action;
      this.#action = undefined;
      let step: Step<void> | undefined;
      if (Array.isArray(action)) {
        const clause =
          this.callbacks.handleContinue ?? noContinue(this.callbacks.name);
        step = this.#handle(clause as Clause, ["", action[1]], undefined);
      } else if (this.isSuspended) {
        this.#action = action;
        step = this.#take(yield* this.self.receive(systemOnly(this.parent)));
      } else if (typeof action === "number") {
        const limit = after(action, () => "timeout");
        const message = yield* this.self.receive(whatever, limit);
        // A system message is not what the server waits for.
        if (tagOf(message) === "$system") this.#action = action;
        step = this.#take(message);
      } else {
        step = this.#take(yield* this.self.receive());
      }
      if (step) yield* step;
    }
  }

  #take(message: unknown): Step<void> | undefined {
    this.last = message;
    const tag = tagOf(message);
    if (tag === "$system") return handleSystem(this, message as never);
    // The parent's end is the server's; with anybody else's it may live.
    if (tag === "EXIT" && (message as unknown[])[1] === this.parent) {
      return this.terminate((message as unknown[])[2]);
    }
    const { clause, request, from, table } = choose(this.callbacks, message);
    if (clause) return this.#handle(clause, request, from);
    if (!table) return noInfo(this.self, this.callbacks.name, message);
    const error = noClause(this.callbacks, table, message);
    return this.terminate(error, error);
  }

  /** Calls a callback and does what it answers. */
  #handle(
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
        this.#action = answer[2] as Action | undefined;
        return undefined;
      case "reply":
        if (!from || !isAnswer(answer, 3)) break;
        reply(this.self, from, answer[1]);
        this.state = answer[2];
        this.#action = answer[3] as Action | undefined;
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
