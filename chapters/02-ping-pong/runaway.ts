import type { Pid, Process, Self } from "#runtime";
import type { ToPing, ToPong } from "./pingpong.ts";

// #region runaway
/** The article's order: the end is asked for after the general case. */
export function* runaway(
  self: Self<ToPing>,
  times: number,
  opponent: Pid<ToPong>,
): Process {
  self.send(opponent, ["ping", times, self.pid]);
  yield* self.receive({ pong: () => {} });
  return runaway(self, times - 1, opponent);
  // if (times === 0) …: never reached, so it counts 3, 2, 1, 0, -1, …
}
// #endregion
