import type { Pid, Process, Self } from "#runtime";
import type { Answer, Work } from "../work.ts";

type ToCollector = readonly [tag: "add", n: number];

/** How many processes send to the one. */
export const SENDERS = 100;

function* sender(
  self: Self<never>,
  collector: Pid<ToCollector>,
  count: number,
): Process {
  for (let n = 1; n <= count; n++) self.send(collector, ["add", n]);
}

function* collect(
  self: Self<ToCollector>,
  each: number,
  answer: Answer,
): Process {
  for (let i = 0; i < SENDERS; i++) self.spawn(sender, self.pid, each);
  let sum = 0;
  for (let left = SENDERS * each; left > 0; left--) {
    const [, n] = yield* self.receive();
    sum += n;
  }
  answer(sum);
}

/** Many send to one; the size is the number of messages of each. */
export const fanIn: Work = {
  name: "fan-in",
  title: `Fan-in, ${SENDERS} senders to one`,
  unit: "message",
  sizes: { tiny: 3, quick: 3_000, full: 10_000 },
  units: (each) => SENDERS * each,
  answer: (each) => (SENDERS * each * (each + 1)) / 2,
  main: (self, each, answer) => void self.spawn(collect, each, answer),
  timesBeam: 2,
};
