// Misconception: a process that sets a variable of the module when it begins has it to itself
// Caught by: two counters count apart
import type { Pid, Process, Self } from "#runtime";

export type ToCounter =
  | "increment"
  | [tag: "read", from: Pid<ToReader>]
  | "reset";
export type ToReader = [tag: "count", count: number];

let total = 0;

/** Counts; what it has counted so far is `total`. */
export function* counter(self: Self<ToCounter>, count: number): Process {
  total = count;
  while (true) {
    yield* self.receive({
      increment: () => {
        total += 1;
      },
      read: (from) => self.send(from, ["count", total]),
      reset: () => {
        total = 0;
      },
      _: () => {},
    });
  }
}
