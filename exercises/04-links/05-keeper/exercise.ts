import type { ExitMessage, Process, Self } from "#runtime";

export type Worker = (self: Self<never>) => Process | void;

/** Keeps one worker running: starts it again when it crashes, so many times. */
export function* keeper(
  self: Self<ExitMessage>,
  worker: Worker,
  restarts: number,
): Process {
  self.spawnLink(worker);
  // TODO(you): keep it running, within reason.
  yield* self.receive({
    EXIT: (_from, _reason) => keeper(self, worker, restarts),
  });
}
