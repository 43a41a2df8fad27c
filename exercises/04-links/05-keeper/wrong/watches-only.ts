// Misconception: a keeper need only know, so watching is enough
// Caught by: when the keeper is ended, its worker ends too
import {
  type DownMessage,
  type Process,
  type Ref,
  type Self,
  when,
} from "#runtime";

export type Worker = (self: Self<never>) => Process | void;

/** Keeps one worker running: starts it again when it crashes, so many times. */
export function* keeper(
  self: Self<DownMessage>,
  worker: Worker,
  restarts: number,
): Process {
  const [, ref] = self.spawnMonitor(worker);
  const reason = yield* self.receive({
    DOWN: when(
      (watch: Ref, ..._rest: unknown[]) => watch === ref,
      (_ref, _type, _pid, why) => why,
    ),
  });
  if (reason === "normal") return;
  if (restarts === 0) self.exit(reason);
  return keeper(self, worker, restarts - 1);
}
