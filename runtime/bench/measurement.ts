/** What one run of a work gave. */
export interface Measurement {
  readonly elapsedMs: number;
  readonly answer: number;
  /** Memory of an idle process; only where they are weighed. */
  readonly idleBytes?: number;
}

/** Does a work once. The clock starts before the first process is made. */
export type Play = (size: number) => Promise<Measurement>;

/**
 * Runs from its making to the answer. If Node was started with --expose-gc it
 * also weighs what has come into being in between and is still in use.
 */
export class Stopwatch {
  readonly #bytesBefore = heapInUse();
  readonly #startedMs = performance.now();

  stop(answer: number, processes = 1): Measurement {
    const elapsedMs = performance.now() - this.#startedMs;
    if (globalThis.gc === undefined) return { elapsedMs, answer };
    const idleBytes = (heapInUse() - this.#bytesBefore) / processes;
    return { elapsedMs, answer, idleBytes };
  }
}

function heapInUse(): number {
  if (globalThis.gc === undefined) return 0;
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
