/** Shared by all queues that hold nothing, so that an idle one costs nothing. */
const NOTHING: never[] = [];

/** A queue that has held a burst gives its memory back when it is empty. */
const KEPT_WHEN_EMPTY = 64;

/** Counters start again at 0 before they outgrow V8's small integers. */
const WRAP_AT = 2 ** 29;

/**
 * First in, first out, in constant time at both ends: the oldest entry, and a
 * ring of slots for the others. Most mailboxes never hold two messages, and so
 * never have a ring.
 *
 * `head` and `tail` only grow, so a position stays valid while others come and
 * go; a slot is `position & mask`. An array with `shift()` is linear, and
 * emptying one with `length = 0` throws its store away each time.
 */
export class Queue<T> {
  /** The oldest entry; its own slot is empty. */
  #first: T | undefined = undefined;
  #slots: (T | undefined)[] = NOTHING;
  /** One less than the number of slots, which is a power of two. */
  #mask = -1;
  /** Position of the oldest entry. */
  head = 0;
  /** Position after the newest entry. */
  tail = 0;
  /**
   * How far a position taken earlier may have moved towards the head: removing
   * from the back half moves every later entry one place forward.
   */
  epoch = 0;

  get length(): number {
    return this.tail - this.head;
  }

  push(entry: T): void {
    if (this.head === this.tail) this.#first = entry;
    else {
      if (this.tail - this.head > this.#mask) this.#grow();
      this.#slots[this.tail & this.#mask] = entry;
    }
    this.tail++;
  }

  /** Removes and returns the oldest entry; only for a queue that is not empty. */
  shift(): T {
    const entry = this.#first as T;
    if (++this.head === this.tail) {
      this.#first = undefined;
      this.#rest();
    } else {
      const slot = this.head & this.#mask;
      this.#first = this.#slots[slot];
      this.#slots[slot] = undefined;
    }
    return entry;
  }

  at(position: number): T {
    return (
      position === this.head ? this.#first : this.#slots[position & this.#mask]
    ) as T;
  }

  /** Removes one entry and keeps the order of the others: the shorter side moves. */
  removeAt(position: number): T {
    if (position === this.head) return this.shift();
    const slots = this.#slots;
    const mask = this.#mask;
    const entry = slots[position & mask] as T;
    if (position - this.head < this.tail - position) {
      for (let i = position; i > this.head + 1; i--) {
        slots[i & mask] = slots[(i - 1) & mask];
      }
      // The oldest stays the oldest, one place further on.
      slots[++this.head & mask] = undefined;
    } else {
      for (let i = position; i < this.tail - 1; i++) {
        slots[i & mask] = slots[(i + 1) & mask];
      }
      slots[--this.tail & mask] = undefined;
      this.epoch++;
    }
    return entry;
  }

  /** The entries, oldest first. */
  toArray(): T[] {
    const entries: T[] = [];
    for (let i = this.head; i < this.tail; i++) entries.push(this.at(i));
    return entries;
  }

  clear(): void {
    this.#first = undefined;
    this.#slots = NOTHING;
    this.#mask = -1;
    this.head = this.tail = 0;
  }

  #grow(): void {
    const size = Math.max(4, (this.#mask + 1) * 2);
    const slots = new Array<T | undefined>(size);
    for (let i = this.head + 1; i < this.tail; i++) {
      slots[i & (size - 1)] = this.at(i);
    }
    this.#slots = slots;
    this.#mask = size - 1;
  }

  /** Called when the last entry has gone. */
  #rest(): void {
    if (this.#mask >= KEPT_WHEN_EMPTY) {
      this.#slots = NOTHING;
      this.#mask = -1;
    }
    if (this.head > WRAP_AT) {
      // Positions remembered from before now lie beyond the tail; the larger
      // epoch brings them back to the head, where nothing can be missed.
      this.epoch += this.head;
      this.head = this.tail = 0;
    }
  }
}
