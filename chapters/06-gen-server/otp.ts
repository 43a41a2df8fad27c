import { type GenServer, genServer, type Process, type Self } from "#runtime";
import type { Print } from "./counter.ts";
import { type Counter, counter } from "./counter-callbacks.ts";
import { words } from "./in-words.ts";

// #region otp
const otpCounter: GenServer<Counter, number, [first: number]> = counter;

export function* user(self: Self<never>, print: Print): Process {
  for (const first of [7, -1]) {
    const started = yield* genServer.start(self, otpCounter, [first]);
    if (started === "ignore") continue;
    if (started[0] === "error") {
      print(`Not started: ${words(started[1])}.`);
      continue;
    }
    const [, server] = started;
    const count = yield* genServer.call(self, server, ["add", 4]);
    genServer.cast(self, server, "reset");
    const later = yield* genServer.call(self, server, "count");
    print(`The count is ${count}, and after a reset ${later}.`);
    yield* genServer.stop(self, server);
  }
}
// #endregion
