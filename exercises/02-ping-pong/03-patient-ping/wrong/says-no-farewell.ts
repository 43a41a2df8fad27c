// Misconception: whoever waits notices by itself that nothing more will come
// Caught by: when all is played, pong is told to stop
import { after, type Pid, type Process, type Self, when } from "#runtime";

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
  if (times === 0) return print("Ping stop");
  if (triesLeft === 0) self.exit("no answer");
  self.send(opponent, ["ping", times, self.pid]);
  return yield* self.receive(
    {
      pong: when(
        (round: number) => round === times,
        () => {
          print(`Ping ${times}`);
          return ping(self, times - 1, opponent, print);
        },
      ),
    },
    after(PATIENCE_MS, () => ping(self, times, opponent, print, triesLeft - 1)),
  );
}
