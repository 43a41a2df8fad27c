import {
  type ExitMessage,
  type Pid,
  type Process,
  type Self,
  when,
} from "#runtime";

export type Worker = (self: Self<never>) => Process | void;

/** Keeps one worker running: starts it again when it crashes, so many times. */
export function* keeper(
  self: Self<ExitMessage>,
  worker: Worker,
  restarts: number,
): Process {
  self.trapExit(true);
  const pid = self.spawnLink(worker);
  return yield* self.receive({
    EXIT: [
      when(
        (from: Pid, reason: unknown) => from === pid && reason === "normal",
        () => {},
      ),
      when(
        (from: Pid, _reason: unknown) => from === pid && restarts > 0,
        () => keeper(self, worker, restarts - 1),
      ),
      when(
        (from: Pid, _reason: unknown) => from === pid,
        (_from, reason): Process => self.exit(reason),
      ),
    ],
  });
}
