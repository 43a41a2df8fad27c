import type { Pid, Process, Self } from "#runtime";

// #region shared
export type ToKeeper = [tag: "keep", basket: string[]] | ["show", Pid<ToMain>];
export type ToMain = [tag: "basket", contents: readonly string[]];

export function* keeper(self: Self<ToKeeper>, basket: string[]): Process {
  return yield* self.receive({
    keep: (given) => keeper(self, given),
    show: (from) => {
      self.send(from, ["basket", [...basket]]);
      return keeper(self, basket);
    },
  });
}

/** Changes what it has sent. In Erlang nobody could. */
export function* changesItsMind(self: Self<ToMain>): Process {
  const pid = self.spawn(keeper, []);
  const basket = ["apple"];
  self.send(pid, ["keep", basket]);
  basket.push("wasp");
  self.send(pid, ["show", self.pid]);
  yield* self.receive({ basket: (contents) => contents });
}
// #endregion
