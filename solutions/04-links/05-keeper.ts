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
  return keep(self, worker, restarts);
}

/** Keeps it, with so many restarts left. */
function* keep(self: Self<ExitMessage>, worker: Worker, left: number): Process {
  const pid = self.spawnLink(worker);
  const reason = yield* self.receive({
    EXIT: when(
      (from: Pid, _reason: unknown) => from === pid,
      (_from, why) => why,
    ),
  });
  if (reason === "normal") return;
  if (left === 0) self.exit(reason);
  return keep(self, worker, left - 1);
}
