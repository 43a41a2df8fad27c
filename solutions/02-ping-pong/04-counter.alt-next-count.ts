import type { Pid, Process, Self } from "#runtime";

export type ToCounter =
  | "increment"
  | [tag: "read", from: Pid<ToReader>]
  | "reset";
export type ToReader = [tag: "count", count: number];

/** Counts; what it has counted so far is `count`. */
export function* counter(self: Self<ToCounter>, count: number): Process {
  const next = yield* self.receive({
    increment: () => count + 1,
    read: (from) => {
      self.send(from, ["count", count]);
      return count;
    },
    reset: () => 0,
    _: () => count,
  });
  return counter(self, next);
}
