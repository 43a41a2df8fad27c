import type { ExitMessage, Process, Self } from "#runtime";

export type Worker = (self: Self<never>) => Process | void;

/** Keeps one worker running: starts it again when it crashes, so many times. */
export function* keeper(
  self: Self<ExitMessage>,
  worker: Worker,
  restarts: number,
): Process {
  self.trapExit(true);
  let pid = self.spawnLink(worker);
  let crashes = 0;
  for (;;) {
    const { from, reason } = yield* self.receive({
      EXIT: (from, reason) => ({ from, reason }),
    });
    if (from !== pid) continue;
    if (reason === "normal") return;
    crashes++;
    if (crashes > restarts) self.exit(reason);
    pid = self.spawnLink(worker);
  }
}
