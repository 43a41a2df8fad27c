import { type Contender, readSamples, type Sample } from "./contender.ts";
import type { Measured } from "./report.ts";
import type { Work } from "./work.ts";

export interface RunOptions {
  readonly size: "tiny" | "quick" | "full";
  /** How many processes each contender gets for each work. */
  readonly repetitions: number;
  /**
   * How often the work is done in each of them before it counts. A program in
   * production has been running: V8 compiles a function again and again in its
   * first second, and would otherwise be measured at that.
   */
  readonly warmUps: number;
  /** How often it is done and counted. */
  readonly runs: number;
}

/** Runs a command to its end and gives what it printed. */
export type Execute = (command: readonly string[]) => string;

/**
 * Lets all contenders do one work. They take turns, so that whatever else the
 * machine is doing meanwhile hits all of them alike.
 */
export function measure(
  work: Work,
  contenders: readonly Contender[],
  { size: sizeName, repetitions, warmUps, runs }: RunOptions,
  execute: Execute,
): Measured {
  const size = work.sizes[sizeName];
  const samples = new Map(
    contenders.map(({ name }) => [name, [] as Sample[]] as const),
  );
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const { name, command } of contenders) {
      const output = execute(command(work, size, warmUps + runs));
      const all = readSamples(output, work, size, name);
      samples.get(name)?.push(...all.slice(warmUps));
    }
  }
  return { work, samples };
}
