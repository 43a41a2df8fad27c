// Misconception: every message is answered, so "stop" is answered too
// Caught by: both players end, without waiting for each other
import type { Pid, Process, Self } from "#runtime";

export type ToPong = [tag: "ping", times: number, from: Pid<ToPing>] | "stop";
export type ToPing = "pong";
export type Print = (line: string) => void;

/** Returns what it is served, until it is told to stop. */
export function* pong(self: Self<ToPong>, print: Print): Process {
  return yield* self.receive({
    ping: (times, from) => {
      print(`Pong ${times}`);
      self.send(from, "pong");
      return pong(self, print);
    },
    stop: () => print("Pong received stop"),
  });
}

/** Serves `times` rounds, counting down, and then ends the match. */
export function* ping(
  self: Self<ToPing>,
  times: number,
  opponent: Pid<ToPong>,
  print: Print,
): Process {
  if (times === 0) {
    self.send(opponent, "stop");
    yield* self.receive({ pong: () => print("Ping stop") });
    return;
  }
  self.send(opponent, ["ping", times, self.pid]);
  yield* self.receive({ pong: () => print(`Ping ${times}`) });
  return ping(self, times - 1, opponent, print);
}
