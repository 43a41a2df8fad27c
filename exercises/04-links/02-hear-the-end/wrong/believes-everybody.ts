// Misconception: whatever looks like an EXIT message comes from a worker that has ended
// Caught by: a stranger's word is not taken for an end
import type { ExitMessage, ExitReason, Pid, Process, Self } from "#runtime";

export type Worker = (self: Self<never>) => Process | void;
export type Ended = readonly [tag: "ended", name: string, reason: ExitReason];

/** Starts the workers, and tells `to` of each one's end. Ends after the last. */
export function* chronicler(
  self: Self<ExitMessage>,
  workers: Readonly<Record<string, Worker>>,
  to: Pid<Ended>,
): Process {
  self.trapExit(true);
  const names = new Map<Pid, string>();
  for (const [name, worker] of Object.entries(workers)) {
    names.set(self.spawnLink(worker), name);
  }
  for (let left = names.size; left > 0; left--) {
    yield* self.receive({
      EXIT: (from, reason) => {
        self.send(to, ["ended", names.get(from) ?? "somebody", reason]);
      },
    });
  }
}
