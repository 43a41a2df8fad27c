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
): Process {
  for (let round = times; round > 0; round--) {
    let isAnswered = false;
    for (let tries = 0; tries < TRIES && !isAnswered; tries++) {
      self.send(opponent, ["ping", round, self.pid]);
      isAnswered = yield* self.receive(
        {
          pong: when(
            (answered: number) => answered === round,
            () => true,
          ),
        },
        after(PATIENCE_MS, () => false),
      );
    }
    if (!isAnswered) self.exit("no answer");
    print(`Ping ${round}`);
  }
  self.send(opponent, "stop");
  print("Ping stop");
}
