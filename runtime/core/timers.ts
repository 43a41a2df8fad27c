import { type Alarm, AlarmHeap } from "./alarm-heap.ts";
import type { Clock } from "./clock.ts";

/** Whoever is in a receive that may have a time limit. */
export interface Waiter {
  readonly timeout: { readonly ms: number } | undefined;
  /** When its limit began, in the order of all alarms; -1 without a limit. */
  limitOrder: number;
  /** Made when the turn ends in which the limit began. */
  alarm: Alarm | undefined;
  /** Called when the time is over. */
  timeUp(): void;
}

/** A node's timers: a heap by due time over the one alarm of its clock. */
export class Timers {
  readonly #clock: Clock;
  readonly #heap = new AlarmHeap();
  /** Who began to wait in this turn; perhaps somebody twice, or no longer. */
  readonly #fresh: Waiter[] = [];
  #order = 0;
  /** Alarms that will still fire. With none, nothing keeps a program alive. */
  #live = 0;
  #armedMs = Number.POSITIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  set(inMs: number, fire: () => void): Alarm {
    this.#date();
    return this.#add(this.#clock.now() + inMs, this.#order++, fire);
  }

  /**
   * Begins the time limit of a receive, to count from the end of this turn.
   * Most are over before that, for a call is answered at once; those cost
   * neither an alarm nor a look at the clock.
   */
  limit(waiter: Waiter): void {
    waiter.limitOrder = this.#order++;
    this.#fresh.push(waiter);
  }

  /** Ends the time limit of a receive, if it has one. */
  unlimit(waiter: Waiter): void {
    if (waiter.limitOrder < 0) return;
    waiter.limitOrder = -1;
    if (waiter.alarm) {
      this.cancel(waiter.alarm);
      waiter.alarm = undefined;
    } else if (this.#fresh[this.#fresh.length - 1] === waiter) {
      this.#fresh.pop();
    }
  }

  /** Keeps it from firing, if it has not fired yet. */
  cancel(alarm: Alarm): void {
    if (alarm.fire === undefined) return;
    alarm.fire = undefined;
    this.#live--;
    // Cancelled alarms are cheap to leave in the heap, but not without end.
    if (this.#heap.size > 64 && this.#heap.size > this.#live * 4) {
      this.#heap.compact();
    }
  }

  /** Cancels all: what a node has set must not outlive it. */
  clear(): void {
    this.#heap.clear();
    this.#live = this.#fresh.length = 0;
    this.arm(() => {});
  }

  /** The milliseconds that are left of an alarm that was {@link set}. */
  remaining(alarm: Alarm): number {
    return Math.max(0, Math.ceil(alarm.atMs - this.#clock.now()));
  }

  /** Fires all that is due. */
  fireDue(): void {
    this.#date();
    const nowMs = this.#clock.now();
    for (;;) {
      const first = this.#heap.first;
      if (first === undefined || (first.fire && first.atMs > nowMs)) return;
      this.#heap.pop();
      const fire = first.fire;
      if (fire === undefined) continue;
      first.fire = undefined;
      this.#live--;
      fire();
    }
  }

  /** Sets or clears the clock's alarm; called when a turn has ended. */
  arm(ring: () => void): void {
    this.#date();
    if (this.#live === 0) {
      if (this.#armedMs !== Number.POSITIVE_INFINITY) this.#clock.clearAlarm();
      this.#armedMs = Number.POSITIVE_INFINITY;
      return;
    }
    while (this.#heap.first?.fire === undefined) this.#heap.pop();
    const atMs = (this.#heap.first as Alarm).atMs;
    if (atMs === this.#armedMs) return;
    this.#armedMs = atMs;
    this.#clock.setAlarm(atMs, () => {
      this.#armedMs = Number.POSITIVE_INFINITY;
      ring();
    });
  }

  /** Makes an alarm for those of this turn who still wait. */
  #date(): void {
    if (this.#fresh.length === 0) return;
    const nowMs = this.#clock.now();
    for (const waiter of this.#fresh) {
      const { limitOrder, timeout, alarm } = waiter;
      if (limitOrder < 0 || alarm || !timeout) continue;
      const fire = () => waiter.timeUp();
      waiter.alarm = this.#add(nowMs + timeout.ms, limitOrder, fire);
    }
    this.#fresh.length = 0;
  }

  #add(atMs: number, order: number, fire: () => void): Alarm {
    const alarm = { atMs, order, fire };
    this.#live++;
    this.#heap.add(alarm);
    return alarm;
  }
}
