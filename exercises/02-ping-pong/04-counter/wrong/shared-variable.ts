// Misconception: a variable of the module belongs to the process that runs the code
// Caught by: two counters count apart
import type { Pid, Process, Self } from "#runtime";

export type ToCounter =
  | "increment"
  | [tag: "read", from: Pid<ToReader>]
  | "reset";
export type ToReader = [tag: "count", count: number];

let total = 0;

/** Counts; what it has counted so far is `total`. */
export function* counter(self: Self<ToCounter>, start: number): Process {
  if (total < start) total = start;
  return yield* self.receive({
    increment: () => {
      total += 1;
      return counter(self, total);
    },
    read: (from) => {
      self.send(from, ["count", total]);
      return counter(self, total);
    },
    reset: () => {
      total = 0;
      return counter(self, total);
    },
    _: () => counter(self, total),
  });
}
