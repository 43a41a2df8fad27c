// Misconception: an assignment to the parameter reaches the next call
// Caught by: it counts what it is told to count
import type { Pid, Process, Self } from "#runtime";

export type ToCounter =
  | "increment"
  | [tag: "read", from: Pid<ToReader>]
  | "reset";
export type ToReader = [tag: "count", count: number];

/** Counts; what it has counted so far is `count`. */
export function* counter(self: Self<ToCounter>, count: number): Process {
  return yield* self.receive({
    increment: () => {
      const before = count;
      count += 1;
      return counter(self, before);
    },
    read: (from) => {
      self.send(from, ["count", count]);
      return counter(self, count);
    },
    reset: () => counter(self, 0),
    _: () => counter(self, count),
  });
}
