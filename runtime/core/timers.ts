import { type Alarm, AlarmHeap } from "./alarm-heap.ts";
import type { Clock } from "./clock.ts";

/** A node's timers: a heap by due time over the one alarm of its clock. */
export class Timers {
  readonly #clock: Clock;
  readonly #heap = new AlarmHeap();
  /** Limits that were set in this turn. */
  readonly #fresh: Alarm[] = [];
  #order = 0;
  /** Alarms that will still fire. With none, nothing keeps a program alive. */
  #live = 0;
  #armedMs = Number.POSITIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  set(inMs: number, fire: () => void): Alarm {
    this.#date();
    const atMs = this.#clock.now() + inMs;
    const alarm = { atMs, order: this.#order++, fire };
    this.#live++;
    this.#heap.add(alarm);
    return alarm;
  }

  /**
   * The time limit of a receive, from the end of this turn on. Most are
   * cancelled within their turn, for a call is answered at once; those cost
   * neither a look at the clock nor a place in the heap.
   */
  limit(inMs: number, fire: () => void): Alarm {
    const alarm = { atMs: inMs, order: this.#order++, fire };
    this.#live++;
    this.#fresh.push(alarm);
    return alarm;
  }

  /** Keeps it from firing, if it has not fired yet. */
  cancel(alarm: Alarm): void {
    if (alarm.fire === undefined) return;
    alarm.fire = undefined;
    this.#live--;
    if (this.#fresh[this.#fresh.length - 1] === alarm) this.#fresh.pop();
    // Cancelled alarms are cheap to leave in the heap, but not without end.
    if (this.#heap.size > 64 && this.#heap.size > this.#live * 4) {
      this.#heap.compact();
    }
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

  /** Gives a date to the limits of this turn that were not cancelled. */
  #date(): void {
    if (this.#fresh.length === 0) return;
    const nowMs = this.#clock.now();
    for (const alarm of this.#fresh) {
      if (alarm.fire === undefined) continue;
      alarm.atMs += nowMs;
      this.#heap.add(alarm);
    }
    this.#fresh.length = 0;
  }
}
