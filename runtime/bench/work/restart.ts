import type { ExitMessage, Process, Self } from "#runtime";
import type { Answer, Work } from "../work.ts";

function* worker(self: Self<"crash">): Process {
  yield* self.receive();
  self.exit("crash");
}

/** Links, traps exits and starts a new worker for each that has crashed. */
function* keeper(
  self: Self<ExitMessage>,
  crashes: number,
  answer: Answer,
): Process {
  self.trapExit(true);
  let restarts = 0;
  let child = self.spawnLink(worker);
  while (restarts < crashes) {
    self.send(child, "crash");
    const [, , reason] = yield* self.receive();
    if (reason !== "crash") return answer(Number.NaN);
    child = self.spawnLink(worker);
    restarts++;
  }
  self.unlink(child);
  self.sendExit(child, "kill");
  answer(restarts);
}

/** A worker crashes and is replaced, by hand; the size is how often. */
export const restart: Work = {
  name: "restart",
  title: "Crash and restart, by hand",
  unit: "restart",
  sizes: { tiny: 5, quick: 50_000, full: 200_000 },
  units: (crashes) => crashes,
  answer: (crashes) => crashes,
  main: (self, crashes, answer) => void self.spawn(keeper, crashes, answer),
};
