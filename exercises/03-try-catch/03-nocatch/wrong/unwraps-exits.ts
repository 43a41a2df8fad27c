// Misconception: a word means the same in every class
// Caught by: an exit is seen with its own reason
import { Exit, type Process, type Self } from "#runtime";

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
    const word = caught instanceof Exit ? caught.reason : caught;
    if (word === "no_more_work") return;
    if (isGivingUp(word)) self.exit(["shutdown", word[1]]);
    throw caught;
  }
}

function isGivingUp(caught: unknown): caught is [tag: string, why: unknown] {
  return Array.isArray(caught) && caught[0] === "give_up";
}
