import { call, type Holder, Nested, resumeDelegate } from "./apply.ts";
import { After, type AnyClause, type AnyClauses, Matching } from "./clauses.ts";
import { Exit, type ExitReason } from "./exit.ts";
import { forgotten, notRunning } from "./forgotten.ts";
import { type Suspend, tagOf } from "./message.ts";
import { ProcessState, RUNNING, WAITING } from "./process-state.ts";
import { attempt, positionOf } from "./receive.ts";
import type { LocalRef } from "./ref.ts";
import { done, SUSPENDED } from "./step.ts";
import { taggedClause } from "./tagged-clause.ts";
import { noClauses } from "./time-limit.ts";
import type { Waiter } from "./timers.ts";
import { unwatch } from "./unwatch.ts";
import type { MonitorEntry } from "./watched.ts";

/**
 * One process, which is its own `yield*` iterator, so that no receive makes one.
 *
 * Read `next` first; everything that a process waits for goes through it.
 */
export class LocalProcess extends ProcessState implements Holder, Waiter {
  /** Puts a message into the mailbox, and wakes a process that waits for one. */
  accept(message: unknown): void {
    this.push(message);
    if (this.status === WAITING) this.home.wake(this);
  }

  receive(
    clauses?: AnyClauses | Matching<never, unknown>,
    timeout?: After<unknown>,
  ) {
    if (this.unresumed !== undefined) forgotten(this);
    if (this.status !== RUNNING) notRunning(this, "self.receive");
    this.timeout = timeout;
    if (clauses === undefined) this.clauses = undefined;
    else if (clauses instanceof Matching) {
      this.clauses = clauses.clauses;
      this.wantedRef = clauses.ref;
      this.scanned = positionOf(clauses.ref, this);
    } else {
      if (clauses instanceof After) noClauses(this);
      this.clauses = clauses;
      this.wantedRef = undefined;
      this.scanned = this.head;
    }
    this.unresumed = "self.receive";
    return this.depth === 0 ? this : new Nested(this, this.depth);
  }

  [Symbol.iterator]() {
    this.unresumed = undefined;
    return this;
  }

  /**
   * Goes on with what `yield*` stands before. Nearly every receive comes to an
   * end here, in few steps: nobody has sent a message yet, or the oldest finds
   * a plain function under its tag. The others are left as they are for
   * {@link attempt}, which would do the same with these.
   */
  next(): IteratorResult<Suspend, unknown> {
    if (this.delegate !== undefined) return resumeDelegate(this, this, 0);
    // Not in a function of its own: V8 would make more calls of it.
    const { clauses, home } = this;
    if (
      this.timeout !== undefined ||
      home.tracer !== undefined ||
      home.budget <= 0
    ) {
      return attempt(this, this, 0);
    }
    if (this.head === this.tail) {
      if (this.status !== RUNNING) notRunning(this, "self.receive");
      home.budget--;
      this.scanned = this.tail;
      this.status = WAITING;
      return SUSPENDED;
    }
    if (clauses === undefined) {
      home.budget--;
      return done(this.shift());
    }
    if (this.wantedRef === undefined) {
      const message = this.at(this.head) as string | readonly unknown[];
      const tag = tagOf(message);
      const clause = (tag && taggedClause(clauses, tag)) as AnyClause;
      // A generator function has a prototype; an arrow or a method has none.
      if (typeof clause === "function" && clause.prototype === undefined) {
        home.budget--;
        this.shift();
        this.clauses = undefined;
        // A word and a tuple of three first: `call` knows the others as well.
        return done(
          typeof message === "string"
            ? clause()
            : message.length === 3
              ? clause(message[1], message[2])
              : call(clause, message),
        );
      }
    }
    return attempt(this, this, 0);
  }

  timeUp(): void {
    this.timedOut = true;
    if (this.status === WAITING) this.home.wake(this);
  }

  /** Drops a monitor whose single reply has come. */
  forgetMonitor(ref: LocalRef, entry: MonitorEntry): void {
    unwatch(this.pid, entry, ref);
    this.monitors?.delete(ref);
    ref.alias = undefined;
  }

  exit(reason: ExitReason): never {
    throw new Exit(reason);
  }
}
