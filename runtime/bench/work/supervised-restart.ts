import { type Pid, type Process, type Self, supervisor } from "#runtime";
import type { Answer, Work } from "../work.ts";

type ToKeeper = readonly [tag: "up", worker: Pid<"crash">];

function* worker(self: Self<"crash">, keeper: Pid<ToKeeper>): Process {
  self.send(keeper, ["up", self.pid]);
  yield* self.receive();
  self.exit("crash");
}

/** Makes the child of a supervisor crash, again and again. */
function* keeper(
  self: Self<ToKeeper>,
  crashes: number,
  answer: Answer,
): Process {
  const keeper = self.pid;
  yield* supervisor.startLink(
    self,
    // So many in a period are wanted here; the supervisor counts them all.
    { intensity: crashes + 1, periodMs: 5_000 },
    [
      {
        id: "worker",
        start: (it) => ["ok", it.spawnLink(worker, keeper) as Pid],
      },
    ],
  );
  let [, child] = yield* self.receive();
  let restarts = 0;
  for (; restarts < crashes; restarts++) {
    self.send(child, "crash");
    [, child] = yield* self.receive();
  }
  answer(restarts);
}

/**
 * A worker crashes and its supervisor starts another. The BEAM's time is that
 * of doing it by hand: its own supervisor walks all restarts of the period.
 */
export const supervisedRestart: Work = {
  name: "supervised-restart",
  title: "Crash and restart, supervised",
  unit: "restart",
  sizes: { tiny: 5, quick: 20_000, full: 100_000 },
  units: (crashes) => crashes,
  answer: (crashes) => crashes,
  main: (self, crashes, answer) => void self.spawn(keeper, crashes, answer),
  timesBeam: 0.5,
};
