// Misconception: an answer goes to the process that the message came from
// Caught by: it lives on when a worker crashes, and tells of it
import type { ExitMessage, ExitReason, Pid, Process, Self } from "#runtime";

export type Worker = (self: Self<never>) => Process | void;
export type Ended = readonly [tag: "ended", name: string, reason: ExitReason];

/** Starts the workers, and tells `to` of each one's end. Ends after the last. */
export function* chronicler(
  self: Self<ExitMessage>,
  workers: Readonly<Record<string, Worker>>,
  _to: Pid<Ended>,
): Process {
  self.trapExit(true);
  const names = new Map<Pid, string>();
  for (const [name, worker] of Object.entries(workers)) {
    names.set(self.spawnLink(worker), name);
  }
  while (names.size > 0) {
    yield* self.receive({
      EXIT: (from, reason) => {
        const name = names.get(from);
        if (name === undefined) return;
        names.delete(from);
        self.send(from as unknown as Pid<Ended>, ["ended", name, reason]);
      },
    });
  }
}
