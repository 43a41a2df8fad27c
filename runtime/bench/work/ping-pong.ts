import type { Pid, Process, Self } from "#runtime";
import type { Answer, Work } from "../work.ts";

type ToPong = readonly [tag: "ping", n: number, from: Pid<ToPing>] | "stop";
type ToPing = "pong";

/** A plain loop takes whatever comes. */
function* pong(self: Self<ToPong>): Process {
  while (true) {
    const message = yield* self.receive();
    if (message === "stop") return;
    self.send(message[2], "pong");
  }
}

function* ping(self: Self<ToPing>, rounds: number, answer: Answer): Process {
  const opponent = self.spawn(pong);
  let answered = 0;
  for (let n = rounds; n > 0; n--) {
    self.send(opponent, ["ping", n, self.pid]);
    yield* self.receive();
    answered++;
  }
  self.send(opponent, "stop");
  answer(answered);
}

/** Two processes talk; the size is the number of rounds. */
export const pingPong: Work = {
  name: "ping-pong",
  title: "Ping-pong, a plain loop",
  unit: "message",
  sizes: { tiny: 5, quick: 200_000, full: 1_000_000 },
  units: (rounds) => 2 * rounds,
  answer: (rounds) => rounds,
  main: (self, rounds, answer) => void self.spawn(ping, rounds, answer),
  timesBeam: 2.5,
  timesLibrary: 3,
};
