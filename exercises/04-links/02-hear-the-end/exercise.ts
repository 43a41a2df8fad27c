import type { ExitMessage, ExitReason, Pid, Process, Self } from "#runtime";

export type Worker = (self: Self<never>) => Process | void;
export type Ended = readonly [tag: "ended", name: string, reason: ExitReason];

/** Starts the workers, and tells `to` of each one's end. Ends after the last. */
export function* chronicler(
  self: Self<ExitMessage>,
  workers: Readonly<Record<string, Worker>>,
  to: Pid<Ended>,
): Process {
  const names = new Map<Pid, string>();
  for (const [name, worker] of Object.entries(workers)) {
    names.set(self.spawnLink(worker), name);
  }
  // TODO(you): live on, and tell of every end, whoever's and whatever it is.
  yield* self.receive({
    EXIT: (from, reason) => {
      self.send(to, ["ended", names.get(from) ?? "somebody", reason]);
    },
  });
}
