import type { Process, Self } from "#runtime";

/**
 * What a worker does. A job says that it has nothing left to do by throwing
 * `"no_more_work"`, and that it gives up by throwing `["give_up", why]`.
 */
export type Job = (self: Self<never>) => void;

/** Does one job, and ends with the reason that a monitor should see. */
export function* worker(self: Self<never>, job: Job): Process {
  yield* self.yield();
  try {
    job(self);
  } catch (caught) {
    if (caught === "no_more_work") return;
    if (isGivingUp(caught)) self.exit(["shutdown", caught[1]]);
    throw caught;
  }
}

function isGivingUp(caught: unknown): caught is [tag: string, why: unknown] {
  return Array.isArray(caught) && caught[0] === "give_up";
}
