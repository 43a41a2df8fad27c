import { setTimeout } from "node:timers/promises";
import { createNode, type Self } from "#runtime";
import { type Measurement, type Play, Stopwatch } from "../measurement.ts";
import { works } from "../works.ts";

/** Seldom, for a list of a hundred thousand processes is work as well. */
const POLL_MS = 10;

// The default node but for its logger: a report of each crash would be most of
// what is measured where processes crash.
const node = createNode({ logger: () => {} });

/** Our runtime, as any program uses it. */
export function ours(name: string): Play | undefined {
  const work = works.find((each) => each.name === name);
  if (work === undefined) return undefined;
  return async (size) => {
    const measured = await new Promise<Measurement>((resolve) => {
      const watch = new Stopwatch();
      const main = (self: Self<never>) =>
        work.main(self, size, (answer) => resolve(watch.stop(answer, size)));
      node.spawn(main);
    });
    // What is left of one run must not slow down the next.
    while (node.processes().length > 0) await setTimeout(POLL_MS);
    return measured;
  };
}
