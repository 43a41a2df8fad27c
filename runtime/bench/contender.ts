import type { Work } from "./work.ts";

export type ContenderName =
  | "ours"
  | "erlang"
  | "xstate"
  | "comedy"
  /** xstate's stateless callback actors; shown, and not compared with. */
  | "callback";

/** Somebody who does the works, each time in a process of its own. */
export interface Contender {
  readonly name: ContenderName;
  /** The program and its arguments; it prints what {@link readSamples} reads. */
  command(work: Work, size: number, runs: number): readonly string[];
}

/** One run, for one unit of the work. */
export interface Sample {
  readonly microseconds: number;
  /** Of one idle process; 0 where they are not weighed. */
  readonly idleBytes: number;
}

/**
 * Reads a contender's lines: microseconds, answer, idle bytes. "none" means
 * that it has no such work.
 *
 * @throws Error if a line is none of these, or an answer is not right: a
 * contender that did other work must not appear in the table.
 */
export function readSamples(
  output: string,
  work: Work,
  size: number,
  name: ContenderName,
): Sample[] {
  const lines = output.trim().split("\n");
  if (lines[0] === "none") return [];
  return lines.map((line) => {
    const [micros = Number.NaN, answer, bytes = 0] = line
      .split(" ")
      .map(Number);
    if (answer !== work.answer(size) || Number.isNaN(micros)) {
      throw new Error(
        `${name} did "${work.name}" of size ${size} and printed "${line}"; ` +
          `the answer is ${work.answer(size)}. It is not doing the same work.`,
      );
    }
    return { microseconds: micros / work.units(size), idleBytes: bytes };
  });
}
