import type { Clock } from "./clock.ts";

/** Something that is due at a moment. Cancelled ones stay until they surface. */
export interface Alarm {
  atMs: number;
  /** Order among alarms of the same moment. */
  order: number;
  /** `undefined` once cancelled or fired. */
  fire: (() => void) | undefined;
}

/** A node's timers: a heap by due time over the one alarm of its clock. */
export class Timers {
  readonly #clock: Clock;
  readonly #heap: Alarm[] = [];
  #order = 0;
  /** Alarms that will still fire. With none, nothing keeps a program alive. */
  #live = 0;
  #armedMs = Number.POSITIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  set(inMs: number, fire: () => void): Alarm {
    const alarm = {
      atMs: this.#clock.now() + inMs,
      order: this.#order++,
      fire,
    };
    this.#live++;
    this.#heap.push(alarm);
    this.#up(this.#heap.length - 1);
    return alarm;
  }

  /** Cancels; returns the milliseconds that were left, or false if too late. */
  cancel(alarm: Alarm): number | false {
    if (alarm.fire === undefined) return false;
    alarm.fire = undefined;
    this.#live--;
    // Cancelled alarms are cheap to leave in the heap, but not without end.
    if (this.#heap.length > 64 && this.#heap.length > this.#live * 4) {
      this.#compact();
    }
    return this.remaining(alarm);
  }

  remaining(alarm: Alarm): number {
    return Math.max(0, Math.ceil(alarm.atMs - this.#clock.now()));
  }

  /** Fires all that is due. */
  fireDue(): void {
    const nowMs = this.#clock.now();
    for (;;) {
      const first = this.#heap[0];
      if (first === undefined || (first.fire && first.atMs > nowMs)) return;
      this.#pop();
      const fire = first.fire;
      if (fire === undefined) continue;
      first.fire = undefined;
      this.#live--;
      fire();
    }
  }

  /** Sets or clears the clock's alarm; called when a turn has ended. */
  arm(ring: () => void): void {
    if (this.#live === 0) {
      if (this.#armedMs !== Number.POSITIVE_INFINITY) this.#clock.clearAlarm();
      this.#armedMs = Number.POSITIVE_INFINITY;
      return;
    }
    while (this.#heap[0]?.fire === undefined) this.#pop();
    const atMs = (this.#heap[0] as Alarm).atMs;
    if (atMs === this.#armedMs) return;
    this.#armedMs = atMs;
    this.#clock.setAlarm(atMs, () => {
      this.#armedMs = Number.POSITIVE_INFINITY;
      ring();
    });
  }

  #compact(): void {
    const live = this.#heap.filter((alarm) => alarm.fire !== undefined);
    this.#heap.length = 0;
    for (const alarm of live) {
      this.#heap.push(alarm);
      this.#up(this.#heap.length - 1);
    }
  }

  #before(a: number, b: number): boolean {
    const [one, two] = [this.#heap[a] as Alarm, this.#heap[b] as Alarm];
    return (
      one.atMs < two.atMs || (one.atMs === two.atMs && one.order < two.order)
    );
  }

  #swap(a: number, b: number): void {
    const one = this.#heap[a] as Alarm;
    this.#heap[a] = this.#heap[b] as Alarm;
    this.#heap[b] = one;
  }

  #up(from: number): void {
    for (let i = from; i > 0; ) {
      const parent = (i - 1) >> 1;
      if (!this.#before(i, parent)) return;
      this.#swap(i, parent);
      i = parent;
    }
  }

  #pop(): void {
    const last = this.#heap.pop() as Alarm;
    if (this.#heap.length === 0) return;
    this.#heap[0] = last;
    for (let i = 0; ; ) {
      const left = 2 * i + 1;
      if (left >= this.#heap.length) return;
      const right = left + 1;
      const child =
        right < this.#heap.length && this.#before(right, left) ? right : left;
      if (!this.#before(child, i)) return;
      this.#swap(child, i);
      i = child;
    }
  }
}
