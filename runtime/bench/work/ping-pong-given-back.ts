import type { Pid, Process, Self } from "#runtime";
import type { Answer, Work } from "../work.ts";

type ToPong = readonly [tag: "ping", n: number, from: Pid<ToPing>] | "stop";
type ToPing = "pong";

/** The same match in bodies without a star: each gives its receive back. */
function pong(self: Self<ToPong>): Process {
  return self.receive({
    ping: (_n, from) => {
      self.send(from, "pong");
      return pong(self);
    },
    stop: () => {},
  });
}

function ping(
  self: Self<ToPing>,
  n: number,
  answered: number,
  opponent: Pid<ToPong>,
  answer: Answer,
): Process | void {
  if (n === 0) {
    self.send(opponent, "stop");
    return answer(answered);
  }
  self.send(opponent, ["ping", n, self.pid]);
  return self.receive({
    pong: () => ping(self, n - 1, answered + 1, opponent, answer),
  });
}

/** What a generator for each message costs; see `Self.receive`. */
export const pingPongGivenBack: Work = {
  name: "ping-pong-given-back",
  title: "Ping-pong, receives given back",
  unit: "message",
  sizes: { tiny: 5, quick: 200_000, full: 1_000_000 },
  units: (rounds) => 2 * rounds,
  answer: (rounds) => rounds,
  main(self, rounds, answer) {
    self.spawn(function serve(it: Self<ToPing>) {
      return ping(it, rounds, 0, it.spawn(pong), answer);
    });
  },
};
