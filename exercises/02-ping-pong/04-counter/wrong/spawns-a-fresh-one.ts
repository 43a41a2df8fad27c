// Misconception: a new process takes over the address of the one that spawned it
// Caught by: after a reset the same counter starts again at 0
import type { Pid, Process, Self } from "#runtime";

export type ToCounter =
  | "increment"
  | [tag: "read", from: Pid<ToReader>]
  | "reset";
export type ToReader = [tag: "count", count: number];

/** Counts; what it has counted so far is `count`. */
export function* counter(self: Self<ToCounter>, count: number): Process {
  return yield* self.receive({
    increment: () => counter(self, count + 1),
    read: (from) => {
      self.send(from, ["count", count]);
      return counter(self, count);
    },
    reset: () => {
      self.spawn(counter, 0);
    },
    _: () => counter(self, count),
  });
}
