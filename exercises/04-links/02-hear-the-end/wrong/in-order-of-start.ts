// Misconception: the first that ends is the first that was started
// Caught by: each end is told with its own name and reason
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
  const pids = new Set<Pid>();
  for (const worker of Object.values(workers)) pids.add(self.spawnLink(worker));
  for (const name of Object.keys(workers)) {
    const reason = yield* self.receive({
      EXIT: when(
        (from: Pid, _reason: ExitReason) => pids.has(from),
        (_from, why) => why,
      ),
    });
    self.send(to, ["ended", name, reason]);
  }
}
