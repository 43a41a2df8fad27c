// Misconception: a crash of another process arrives as an exception
// Caught by: a worker that crashes is started again
import type { ExitMessage, Process, Self } from "#runtime";

export type Worker = (self: Self<never>) => Process | void;

/** Keeps one worker running: starts it again when it crashes, so many times. */
export function* keeper(
  self: Self<ExitMessage>,
  worker: Worker,
  restarts: number,
): Process {
  try {
    self.spawnLink(worker);
    yield* self.receive({});
  } catch (reason) {
    if (restarts === 0) self.exit(reason);
    return keeper(self, worker, restarts - 1);
  }
}
