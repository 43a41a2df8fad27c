import type { Body } from "../core/message.ts";
import type { Self } from "../core/self.ts";
import { SimulationError } from "./failure.ts";
import { type Run, type SimulateOptions, simulate } from "./simulate.ts";

/** A run, whatever its end. */
export interface Trial extends Run {
  /** Why it did not come to a good end, in a line; undefined if it did. */
  readonly failure: string | undefined;
}

/**
 * Simulates, and gives the run also where it waits for ever, never ends or
 * exits: to an exercise's check that is an answer like any other, to be judged.
 *
 * @throws what `body` throws by mistake, as {@link simulate} does.
 */
export function trial<M>(
  body: Body<Self<M>, []>,
  options: SimulateOptions,
): Trial {
  try {
    return { ...simulate(body, options), failure: undefined };
  } catch (error) {
    if (!(error instanceof SimulationError)) throw error;
    return { ...error.run, failure: error.message.split("\n")[0] ?? "" };
  }
}
