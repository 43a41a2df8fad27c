// Misconception: whatever is thrown has fields that can be looked at
// Caught by: a value that nobody expects is seen as nocatch, and reported
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
    const [tag, why] = caught as [tag: string, why: unknown];
    if (tag === "give_up") self.exit(["shutdown", why]);
    throw caught;
  }
}
