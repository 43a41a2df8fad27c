// Misconception: an exit reason is a text for people to read
// Caught by: an error is seen as itself, and reported
import { classOf, type Process, type Self } from "#runtime";

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
    if (tag === "give_up") self.exit(["shutdown", why]);
    if (classOf(caught) === "error") throw new Error(`a job failed: ${caught}`);
    throw caught;
  }
}
