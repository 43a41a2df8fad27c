import type { Self } from "#runtime";

/** How much is to be done: for a test, for a look, for a figure. */
export interface Sizes {
  readonly tiny: number;
  readonly quick: number;
  readonly full: number;
}

/**
 * One kind of work, done by every contender in the same way: the same
 * processes, the same messages, the same answer.
 */
export interface Work {
  /** What it is called on the command line and in bench.erl. */
  readonly name: string;
  readonly title: string;
  /** What the time is divided by. */
  readonly unit: "message" | "process" | "call" | "restart";
  readonly sizes: Sizes;
  /** How many units a run of this size has. */
  units(size: number): number;
  /** What a right run computes. */
  answer(size: number): number;
  /**
   * Starts the process that does it. That hands in the answer when the work is
   * done, which stops the clock.
   */
  main(self: Self<never>, size: number, answer: Answer): void;
  /** How often the BEAM's rate, at least. */
  readonly timesBeam?: number;
  /** How often the best npm library's rate, at least. */
  readonly timesLibrary?: number;
  /** Set if idle processes are weighed too: kilobytes each, at most. */
  readonly idleKilobytes?: number;
}

export type Answer = (value: number) => void;
