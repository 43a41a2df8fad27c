// Misconception: what a process throws is its exit reason
// Caught by: a job that gives up ends its worker with shutdown and why
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
    const [tag, why] = Array.isArray(caught) ? caught : [];
    if (tag === "give_up") throw ["shutdown", why];
    throw caught;
  }
}
