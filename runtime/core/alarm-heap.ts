/** Something that is due at a moment. */
export interface Alarm {
  readonly atMs: number;
  /** Order among alarms of the same moment. */
  readonly order: number;
  /** `undefined` once cancelled or fired. */
  fire: (() => void) | undefined;
}

/** Alarms by due time, the next one first. Cancelled ones stay until they surface. */
export class AlarmHeap {
  readonly #alarms: Alarm[] = [];

  get first(): Alarm | undefined {
    return this.#alarms[0];
  }

  get size(): number {
    return this.#alarms.length;
  }

  add(alarm: Alarm): void {
    this.#alarms.push(alarm);
    this.#up(this.#alarms.length - 1);
  }

  /** Takes the first away; only for a heap that is not empty. */
  pop(): void {
    const last = this.#alarms.pop() as Alarm;
    if (this.#alarms.length === 0) return;
    this.#alarms[0] = last;
    for (let i = 0; ; ) {
      const left = 2 * i + 1;
      if (left >= this.#alarms.length) return;
      const right = left + 1;
      const child =
        right < this.#alarms.length && this.#before(right, left) ? right : left;
      if (!this.#before(child, i)) return;
      this.#swap(child, i);
      i = child;
    }
  }

  /** Cancels and drops all. */
  clear(): void {
    for (const alarm of this.#alarms) alarm.fire = undefined;
    this.#alarms.length = 0;
  }

  /** Drops the cancelled ones. */
  compact(): void {
    const live = this.#alarms.filter((alarm) => alarm.fire !== undefined);
    this.#alarms.length = 0;
    for (const alarm of live) this.add(alarm);
  }

  #up(from: number): void {
    for (let i = from; i > 0; ) {
      const parent = (i - 1) >> 1;
      if (!this.#before(i, parent)) return;
      this.#swap(i, parent);
      i = parent;
    }
  }

  #before(a: number, b: number): boolean {
    const [one, two] = [this.#alarms[a] as Alarm, this.#alarms[b] as Alarm];
    return (
      one.atMs < two.atMs || (one.atMs === two.atMs && one.order < two.order)
    );
  }

  #swap(a: number, b: number): void {
    const one = this.#alarms[a] as Alarm;
    this.#alarms[a] = this.#alarms[b] as Alarm;
    this.#alarms[b] = one;
  }
}
