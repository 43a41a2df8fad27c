import type { Pid, Process, Self } from "#runtime";
import type { Answer, Work } from "../work.ts";

/** Says that it is there, and then waits until it is told to stop. */
function* idle(self: Self<"stop">, parent: Pid<"up">): Process {
  self.send(parent, "up");
  yield* self.receive();
}

function* start(self: Self<"up">, count: number, answer: Answer): Process {
  const children: Pid<"stop">[] = [];
  for (let i = 0; i < count; i++) {
    children.push(self.spawn(idle, self.pid));
  }
  let up = 0;
  for (let i = 0; i < count; i++) {
    yield* self.receive();
    up++;
  }
  answer(up);
  for (const child of children) self.send(child, "stop");
}

/** Many processes are started and wait; the size is how many. */
export const spawning: Work = {
  name: "spawn",
  title: "Spawn, and say so",
  unit: "process",
  sizes: { tiny: 5, quick: 30_000, full: 100_000 },
  units: (count) => count,
  answer: (count) => count,
  main: (self, count, answer) => void self.spawn(start, count, answer),
  timesBeam: 1 / 0.6,
  idleKilobytes: 0.7,
};
