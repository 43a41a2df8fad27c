// Misconception: a monitor is a link without the danger, so it does all that a link does
// Caught by: when it is ended itself, its workers end with it
import type {
  DownMessage,
  ExitMessage,
  ExitReason,
  Pid,
  Process,
  Self,
} from "#runtime";

export type Worker = (self: Self<never>) => Process | void;
export type Ended = readonly [tag: "ended", name: string, reason: ExitReason];

/** Starts the workers, and tells `to` of each one's end. Ends after the last. */
export function* chronicler(
  self: Self<ExitMessage | DownMessage>,
  workers: Readonly<Record<string, Worker>>,
  to: Pid<Ended>,
): Process {
  const names = new Map<Pid, string>();
  for (const [name, worker] of Object.entries(workers)) {
    const [pid] = self.spawnMonitor(worker);
    names.set(pid, name);
  }
  while (names.size > 0) {
    yield* self.receive({
      DOWN: (_ref, _type, pid, reason) => {
        const name = names.get(pid as Pid);
        if (name === undefined) return;
        names.delete(pid as Pid);
        self.send(to, ["ended", name, reason]);
      },
    });
  }
}
