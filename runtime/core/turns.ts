import type { Clock } from "./clock.ts";
import type { LocalProcess } from "./process.ts";
import { DEAD, READY } from "./process-state.ts";
import { Queue } from "./queue.ts";
import type { Scheduler } from "./scheduler.ts";
import { runSlice } from "./slice.ts";
import { Timers } from "./timers.ts";

/** Steps that processes take until the clock is looked at. */
const REDUCTIONS_PER_SHARE = 2_000;

/**
 * How long a turn is, for the event loop costs as much as fifty messages. Timers
 * are no finer, so they stay punctual.
 */
const TURN_MS = 1;
/** For a clock that stands still. */
const MOST_SHARES = 8;

/**
 * How a node's processes take turns: a queue of those that have something to
 * do, a share of the turn for each, and room for the event loop between turns.
 */
export class Turns {
  readonly timers: Timers;
  readonly ready = new Queue<LocalProcess>();
  /** What is left of this share. A process that uses it up is suspended. */
  budget = 0;
  readonly #clock: Clock;
  readonly #scheduler: Scheduler;
  /** No turn is to come. Mostly false, which is the quickest to ask. */
  #isIdle = true;
  /** A share of this turn is under way. */
  #isSharing = false;
  /** Whoever the running slice has woken last: ready, and not in the queue. */
  #woken: LocalProcess | undefined = undefined;
  /** Who has given way to it: ready too, and next when it has had its slice. */
  #gaveWay: LocalProcess | undefined = undefined;

  constructor(clock: Clock, scheduler: Scheduler) {
    this.timers = new Timers(clock);
    this.#clock = clock;
    this.#scheduler = scheduler;
  }

  wake(process: LocalProcess): void {
    process.status = READY;
    if (this.#isSharing) {
      const before = this.#woken;
      this.#woken = process;
      if (before !== undefined) this.ready.push(before);
    } else {
      this.ready.push(process);
      if (this.#isIdle) this.schedule();
    }
  }

  /**
   * Lets the process that was woken go first at a tail call, if nobody else
   * waits: the answer may be there by the time that it is asked for.
   */
  giveWay(process: LocalProcess): boolean {
    if (this.#woken === undefined || this.#gaveWay !== undefined) return false;
    if (this.ready.length > 0) return false;
    process.status = READY;
    this.#gaveWay = process;
    return true;
  }

  schedule(): void {
    if (!this.#isIdle) return;
    this.#isIdle = false;
    this.#scheduler.soon(this.#turn);
  }

  /** Makes the running process suspend at its next chance. */
  interrupt(): void {
    this.budget = 0;
  }

  /** Runs one slice of one process; which one is the caller's choice. */
  step(process: LocalProcess, budget: number): void {
    this.budget = budget;
    runSlice(process);
  }

  /** Runs the oldest ready process for one slice. */
  stepNext(): LocalProcess | undefined {
    this.timers.fireDue();
    while (this.ready.length > 0) {
      const process = this.ready.shift();
      if (process.status === DEAD) continue;
      this.step(process, REDUCTIONS_PER_SHARE);
      this.timers.arm(() => this.timers.fireDue());
      return process;
    }
    this.timers.arm(() => this.timers.fireDue());
    return undefined;
  }

  readonly #turn = (): void => {
    this.timers.fireDue();
    const endMs = this.#clock.now() + TURN_MS;
    for (let shares = 0; shares < MOST_SHARES; shares++) {
      this.#share();
      if (this.ready.length === 0 || this.#clock.now() >= endMs) break;
    }
    this.#isIdle = this.ready.length === 0;
    if (this.#isIdle) this.timers.arm(() => this.schedule());
    else this.#scheduler.later(this.#turn);
  };

  /**
   * Lets the process that was woken last go before those that wait longer. So
   * a flood of messages meets its reader while it is small, and two who talk
   * need no queue. One at a time if others wait: the next after it is from the
   * queue again, so two cannot keep out a third. Who gave way waits for one
   * slice. They are run in one place, or V8 would compile each into the loop.
   */
  #share(): void {
    const { ready } = this;
    this.budget = REDUCTIONS_PER_SHARE;
    this.#isSharing = true;
    let next: LocalProcess | undefined;
    let wasWoken = false;
    while (this.budget > 0) {
      const woken = this.#woken;
      const gaveWay = this.#gaveWay;
      if (gaveWay !== undefined && gaveWay !== next) {
        this.#gaveWay = undefined;
        next = gaveWay;
      } else if (woken !== undefined && (!wasWoken || ready.length === 0)) {
        this.#woken = undefined;
        wasWoken = true;
        next = woken;
      } else {
        if (woken !== undefined) ready.push(woken);
        this.#woken = undefined;
        if (ready.length === 0) break;
        wasWoken = false;
        next = ready.shift();
      }
      runSlice(next);
    }
    if (this.#gaveWay !== undefined) ready.push(this.#gaveWay);
    if (this.#woken !== undefined) ready.push(this.#woken);
    this.#gaveWay = this.#woken = undefined;
    this.#isSharing = false;
  }
}
