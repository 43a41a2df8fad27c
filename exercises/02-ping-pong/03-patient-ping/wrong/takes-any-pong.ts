// Misconception: the pong that arrives while I wait is the one I wait for
// Caught by: a late pong of the round before is not an answer to this one
import { after, type Pid, type Process, type Self } from "#runtime";

export type ToPong = [tag: "ping", times: number, from: Pid<ToPing>] | "stop";
export type ToPing = [tag: "pong", times: number];
export type Print = (line: string) => void;

/** How long an answer may take. */
export const PATIENCE_MS = 1_000;
/** How often a round is served before the match is given up. */
export const TRIES = 3;

/** Serves `times` rounds over a line that loses and delays messages. */
export function* ping(
  self: Self<ToPing>,
  times: number,
  opponent: Pid<ToPong>,
  print: Print,
  triesLeft = TRIES,
): Process {
  if (times === 0) {
    self.send(opponent, "stop");
    return print("Ping stop");
  }
  if (triesLeft === 0) self.exit("no answer");
  self.send(opponent, ["ping", times, self.pid]);
  return answered(self, times, opponent, print, triesLeft);
}

/** Waits for the answer to round `times`. */
function* answered(
  self: Self<ToPing>,
  times: number,
  opponent: Pid<ToPong>,
  print: Print,
  triesLeft: number,
): Process {
  return yield* self.receive(
    {
      pong: () => {
        print(`Ping ${times}`);
        return ping(self, times - 1, opponent, print);
      },
    },
    after(PATIENCE_MS, () => ping(self, times, opponent, print, triesLeft - 1)),
  );
}
