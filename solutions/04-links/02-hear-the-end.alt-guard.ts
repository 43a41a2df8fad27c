import {
  type ExitMessage,
  type ExitReason,
  type Pid,
  type Process,
  type Self,
  when,
} from "#runtime";

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
    const [name, reason] = yield* self.receive({
      // What no clause takes stays where it is, and tells nobody anything.
      EXIT: when(
        (from: Pid, _reason: ExitReason) => names.has(from),
        (from, reason) => [names.get(from) ?? "", reason] as const,
      ),
    });
    self.send(to, ["ended", name, reason]);
  }
}
