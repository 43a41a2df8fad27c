import type { Clock, Pid, Process, Self } from "#runtime";
import { pong, type ToPing, type ToPong } from "./pingpong.ts";

/** What a match was like; the times in milliseconds. */
export interface Measured {
  readonly messages: number;
  readonly meanIntervalMs: number;
  readonly messagesPerSecond: number;
}

/**
 * Plays without printing and takes a time stamp for each message: printing
 * would be what is measured.
 */
// #region measured
export function* measuredPing(
  self: Self<ToPing>,
  rounds: number,
  clock: Clock,
  report: (measured: Measured) => void,
): Process {
  const opponent: Pid<ToPong> = self.spawn(pong, () => {});
  const stamps: number[] = [clock.now()];
  for (let round = rounds; round > 0; round--) {
    self.send(opponent, ["ping", round, self.pid]);
    yield* self.receive({ pong: () => stamps.push(clock.now()) });
  }
  self.send(opponent, "stop");
  report(evaluate(stamps));
}
// #endregion

/** Each stamp after the first stands for two messages: there and back. */
export function evaluate(stamps: readonly number[]): Measured {
  const messages = 2 * (stamps.length - 1);
  const [first = 0, last = 0] = [stamps[0], stamps.at(-1)];
  const meanIntervalMs = messages === 0 ? 0 : (last - first) / messages;
  const messagesPerSecond = meanIntervalMs === 0 ? 0 : 1_000 / meanIntervalMs;
  return { messages, meanIntervalMs, messagesPerSecond };
}
