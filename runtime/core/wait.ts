import type { Suspend } from "./message.ts";
import type { LocalProcess } from "./process.ts";
import { AWAY, DEAD } from "./process-state.ts";
import { done, SUSPENDED } from "./step.ts";

/** A process's wait for a promise: the way to everything that is not a message. */
export class Wait {
  readonly #process: LocalProcess;
  #settled: "no" | "fulfilled" | "rejected" = "no";
  #value: unknown;

  constructor(process: LocalProcess, promise: PromiseLike<unknown>) {
    this.#process = process;
    promise.then(
      (value) => this.#settle("fulfilled", value),
      (error: unknown) => this.#settle("rejected", error),
    );
  }

  [Symbol.iterator]() {
    this.#process.unresumed = undefined;
    return this;
  }

  next(): IteratorResult<Suspend, unknown> {
    if (this.#settled === "rejected") throw this.#value;
    if (this.#settled === "fulfilled") return done(this.#value);
    this.#process.status = AWAY;
    return SUSPENDED;
  }

  #settle(how: "fulfilled" | "rejected", value: unknown): void {
    const process = this.#process;
    if (process.status === DEAD) return;
    this.#settled = how;
    this.#value = value;
    if (process.status === AWAY) process.home.wake(process);
  }
}
