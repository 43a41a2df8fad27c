import type { Pid, Process, Self } from "#runtime";
import type { Answer, Work } from "../work.ts";

type ToPong = readonly [tag: "ping", n: number, from: Pid<ToPing>] | "stop";
type ToPing = "pong";

/** As the chapter writes it: clauses, and a tail call for each message. */
function* pong(self: Self<ToPong>): Process {
  return yield* self.receive({
    ping: (_n, from) => {
      self.send(from, "pong");
      return pong(self);
    },
    stop: () => {},
  });
}

function* ping(
  self: Self<ToPing>,
  n: number,
  answered: number,
  opponent: Pid<ToPong>,
  answer: Answer,
): Process {
  if (n === 0) {
    self.send(opponent, "stop");
    return answer(answered);
  }
  self.send(opponent, ["ping", n, self.pid]);
  return yield* self.receive({
    pong: () => ping(self, n - 1, answered + 1, opponent, answer),
  });
}

function serve(self: Self<ToPing>, rounds: number, answer: Answer): Process {
  return ping(self, rounds, 0, self.spawn(pong), answer);
}

/** The same match, written as Erlang's listing is. */
export const pingPongClauses: Work = {
  name: "ping-pong-clauses",
  title: "Ping-pong, tail calls and clauses",
  unit: "message",
  sizes: { tiny: 5, quick: 200_000, full: 1_000_000 },
  units: (rounds) => 2 * rounds,
  answer: (rounds) => rounds,
  main: (self, rounds, answer) => void self.spawn(serve, rounds, answer),
  timesBeam: 1.7,
};
