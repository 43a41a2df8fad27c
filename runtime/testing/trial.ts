import type { Body } from "../core/message.ts";
import type { Self } from "../core/self.ts";
import { SimulationError } from "./failure.ts";
import { type Run, type SimulateOptions, simulate } from "./simulate.ts";

/**
 * Simulates, and gives the run also where it waits for ever, never ends or
 * exits: to an exercise's check that is an answer like any other, to be judged.
 *
 * @throws what `body` throws by mistake, as {@link simulate} does.
 */
export function trial<M>(
  body: Body<Self<M>, []>,
  options: SimulateOptions,
): Run {
  try {
    return simulate(body, options);
  } catch (error) {
    if (error instanceof SimulationError) return error.run;
    throw error;
  }
}
