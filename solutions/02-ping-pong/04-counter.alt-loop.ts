import type { Pid, Process, Self } from "#runtime";

export type ToCounter =
  | "increment"
  | [tag: "read", from: Pid<ToReader>]
  | "reset";
export type ToReader = [tag: "count", count: number];

/** Counts; what it had counted before is `start`. */
export function* counter(self: Self<ToCounter>, start: number): Process {
  let count = start;
  for (;;) {
    yield* self.receive({
      increment: () => {
        count += 1;
      },
      read: (from) => self.send(from, ["count", count]),
      reset: () => {
        count = 0;
      },
      _: () => {},
    });
  }
}
