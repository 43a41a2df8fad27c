import {
  changeCode,
  type GenServer,
  genServer,
  type Process,
  type Self,
  type Server,
} from "#runtime";
import type { Print } from "./counter.ts";
import { type Counter, counter } from "./counter-callbacks.ts";
import { started } from "./started.ts";

const first: GenServer<Counter, number, [first: number]> = counter;

// #region second
interface Log {
  readonly call: Counter["call"] & { history(): readonly number[] };
  readonly cast: Counter["cast"];
}

/** The counter's second version: it remembers every count there was. */
const second: GenServer<Log, readonly number[], [first: number]> = {
  name: "counter",
  version: 2,
  init: (_self, first) => ["ok", [first]],
  handleCall: {
    add(_self, counts, amount) {
      const count = (counts.at(-1) ?? 0) + amount;
      return ["reply", count, [...counts, count]];
    },
    count: (_self, counts) => ["reply", counts.at(-1) ?? 0, counts],
    history: (_self, counts) => ["reply", counts, counts],
  },
  handleCast: { reset: (_self, counts) => ["noreply", [...counts, 0]] },
  codeChange: (_oldVersion, count: number) => ["ok", [count]],
};
// #endregion

// #region upgrade
export function* upgrade(self: Self<never>, print: Print): Process {
  const server = started(yield* genServer.start(self, first, [0]));
  self.register("counter", server);
  yield* genServer.call(self, server, ["add", 7]);

  const newer = server as unknown as Server<Log>;
  print(`change the code: ${yield* changeCode(self, newer, second)}`);
  print(`the same process: ${self.whereis("counter") === server}`);
  yield* genServer.call(self, newer, ["add", 5]);
  const counts = yield* genServer.call(self, newer, "history");
  print(`its counts: ${counts.join(", ")}`);
  yield* genServer.stop(self, server);
}
// #endregion
