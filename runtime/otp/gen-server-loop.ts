import { after } from "../core/clauses.ts";
import { type Step, type Suspend, tagOf } from "../core/message.ts";
import type { Action } from "./gen-server-callbacks.ts";
import { type Clause, clauseFor, whatever } from "./gen-server-clauses.ts";
import { Handler } from "./gen-server-handler.ts";
import { noClause, noContinue, noInfo } from "./gen-server-unmatched.ts";
import type { From } from "./protocol.ts";
import { handleSystem, systemOnly } from "./sys-requests.ts";

/**
 * A server's loop, for `yield*` or a tail call: one message after the other. As
 * a generator it would cost a call a twentieth more.
 */
export class Loop extends Handler {
  /** A callback that is suspended. */
  #callback: Step<void> | undefined = undefined;
  /** The receive under way. */
  #receive: Iterator<Suspend, unknown> | undefined = undefined;

  [Symbol.iterator]() {
    return this;
  }

  /** Suspends for a message, or where a callback does; never done. */
  next(): IteratorResult<Suspend, never> {
    for (;;) {
      if (this.#callback !== undefined) {
        const step = this.#callback.next();
        if (!step.done) return step;
        this.#callback = undefined;
      }
      if (this.#receive === undefined) {
        const { action } = this;
        if (Array.isArray(action)) {
          this.#callback = this.#continue(action[1]);
          continue;
        }
        this.#receive = this.#wait(action)[Symbol.iterator]();
      }
      const step = this.#receive.next();
      if (!step.done) return step;
      this.#receive = undefined;
      this.#callback = this.#take(step.value);
    }
  }

  #continue(value: unknown): Step<void> | undefined {
    this.action = undefined;
    const { handleContinue, name } = this.callbacks;
    const clause = handleContinue ?? noContinue(name);
    return this.handle(clause as Clause, ["", value], undefined);
  }

  #wait(action: Action | undefined): Step<unknown> {
    if (this.isSuspended) return this.self.receive(systemOnly(this.parent));
    if (typeof action !== "number") return this.self.receive();
    return this.self.receive(
      whatever,
      after(action, () => "timeout"),
    );
  }

  #take(message: unknown): Step<void> | undefined {
    this.last = message;
    // By index: taking the tuple apart would cost a call a twentieth more.
    const fields = message as readonly unknown[];
    const tag = tagOf(message);
    if (tag === "$system" && fields.length === 3) {
      // Not what the server waits for, so its action stands.
      return handleSystem(this, message as never);
    }
    this.action = undefined;
    switch (tag) {
      case "$gen_call":
        if (fields.length !== 3) break;
        return this.#asked("handleCall", fields[2], fields[1] as From);
      case "$gen_cast":
        if (fields.length !== 2) break;
        return this.#asked("handleCast", fields[1], undefined);
      case "EXIT":
        // The parent's end is the server's; with anybody else's it may live.
        if (fields.length !== 3 || fields[1] !== this.parent) break;
        return this.terminate(fields[2]);
    }
    return this.#told(message);
  }

  #asked(
    table: "handleCall" | "handleCast",
    request: unknown,
    from: From | undefined,
  ): Step<void> | undefined {
    const clause = clauseFor(this.callbacks[table], request);
    return clause ? this.handle(clause, request, from) : this.#unmatched(table);
  }

  #told(message: unknown): Step<void> | undefined {
    const { handleInfo, name } = this.callbacks;
    if (!handleInfo) return noInfo(this.self, name, message);
    const clause = clauseFor(handleInfo, message);
    if (clause) return this.handle(clause, message, undefined);
    const otherwise = (handleInfo as { _?: Clause })._;
    return otherwise
      ? this.handle(otherwise, ["_", message], undefined)
      : this.#unmatched("handleInfo");
  }

  #unmatched(table: string): Step<never> {
    const error = noClause(this.callbacks, table, this.last);
    return this.terminate(error, error);
  }
}
