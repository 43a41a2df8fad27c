/** Where a node gets its time from. No process has any other. */
export interface Clock {
  /** Milliseconds since some fixed moment; never goes back. */
  now(): number;
  /** Calls `ring` once at `atMs` or later; replaces the alarm set before. */
  setAlarm(atMs: number, ring: () => void): void;
  clearAlarm(): void;
}

/** The longest delay that `setTimeout` does not take for 1 ms. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** Real time. An alarm set for later than a timer can hold rings early; harmless. */
export function realClock(): Clock {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const clearAlarm = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    now: () => performance.now(),
    setAlarm(atMs, ring) {
      clearAlarm();
      const delayMs = Math.max(0, Math.ceil(atMs - performance.now()));
      timer = setTimeout(ring, Math.min(delayMs, LONGEST_DELAY_MS));
    },
    clearAlarm,
  };
}

/** Time that moves only when told to: for tests, checks and recordings. */
export class VirtualClock implements Clock {
  #nowMs = 0;
  #alarm: { readonly atMs: number; readonly ring: () => void } | undefined;

  now(): number {
    return this.#nowMs;
  }

  setAlarm(atMs: number, ring: () => void): void {
    this.#alarm = { atMs, ring };
  }

  clearAlarm(): void {
    this.#alarm = undefined;
  }

  /** Goes to the moment of the alarm and rings it; false if none is set. */
  advance(): boolean {
    const alarm = this.#alarm;
    if (alarm === undefined) return false;
    this.#alarm = undefined;
    this.#nowMs = Math.max(this.#nowMs, alarm.atMs);
    alarm.ring();
    return true;
  }
}
