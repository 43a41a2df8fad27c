// Misconception: a process that has answered a question waits for the next by itself
// Caught by: reading changes nothing, and whoever asks is answered
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
    read: (from) => self.send(from, ["count", count]),
    reset: () => counter(self, 0),
    _: () => counter(self, count),
  });
}
