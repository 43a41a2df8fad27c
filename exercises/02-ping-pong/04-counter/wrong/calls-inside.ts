// Misconception: `yield*` before a call of oneself is a tail call too
// Caught by: it counts 20,000 visitors in constant space
import type { Pid, Process, Self } from "#runtime";

export type ToCounter =
  | "increment"
  | [tag: "read", from: Pid<ToReader>]
  | "reset";
export type ToReader = [tag: "count", count: number];

/** Counts; what it has counted so far is `count`. */
export function* counter(self: Self<ToCounter>, count: number): Process {
  return yield* self.receive({
    *increment(): Process {
      return yield* counter(self, count + 1);
    },
    *read(from): Process {
      self.send(from, ["count", count]);
      return yield* counter(self, count);
    },
    *reset(): Process {
      return yield* counter(self, 0);
    },
    *_(): Process {
      return yield* counter(self, count);
    },
  });
}
