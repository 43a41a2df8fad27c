import type { Suspend } from "./message.ts";
import type { LocalProcess } from "./process.ts";
import { done, SUSPENDED } from "./step.ts";

/** One turn given up: what `self.yield()` returns. */
export class Turn {
  readonly #process: LocalProcess;
  #taken = false;

  constructor(process: LocalProcess) {
    this.#process = process;
  }

  [Symbol.iterator]() {
    this.#process.unresumed = undefined;
    return this;
  }

  next(): IteratorResult<Suspend, unknown> {
    if (this.#taken) return done(undefined);
    // It stays ready, so it gets its next turn after the others.
    this.#taken = true;
    return SUSPENDED;
  }
}
