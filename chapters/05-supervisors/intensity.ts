import { isProcessAlive, type Process } from "#runtime";
import { simulate } from "#runtime/testing";
import { endOf, startTop, type Teller } from "./top.ts";
import { child, type Print, words } from "./worker.ts";

// #region giving-up
/** Lets a die again and again, until the supervisor has had enough. */
function* deaths(self: Teller, intensity: number, print: Print): Process {
  const flags = { intensity, periodMs: 5_000 };
  const children = [child("a", print), child("b", print)];
  const top = yield* startTop(self, flags, children);
  for (let death = 1; isProcessAlive(top); death++) {
    print(`-- a dies, for time number ${death}`);
    self.send("a", ["die", "boom"]);
    yield* self.sleep(50);
  }
  print(`The supervisor has ended: ${words(yield* endOf(self, top))}`);
}
// #endregion

/** With an intensity of 2, then 1, then 0. */
export function* intensity(self: Teller, print: Print): Process {
  for (const most of [2, 1, 0]) {
    print(`-- intensity ${most}`);
    yield* deaths(self, most, print);
  }
}

// #region window
/** Two deaths, the first at this time and the second so much later. */
function survives(firstAtMs: number, gapMs: number): boolean {
  let isAlive = false;
  simulate(function* main(self: Teller) {
    const flags = { intensity: 1, periodMs: 1_000 };
    const top = yield* startTop(self, flags, [child("a", () => {})]);
    yield* self.sleep(firstAtMs);
    self.send("a", ["die", "boom"]);
    yield* self.sleep(gapMs);
    self.send("a", ["die", "boom"]);
    yield* self.sleep(50);
    isAlive = isProcessAlive(top);
  });
  return isAlive;
}
// #endregion

/** One restart a second: when are two deaths too many? In virtual time. */
export function* period(_self: Teller, print: Print): Process {
  const cases = [
    [100, 500],
    [100, 1_500],
    [800, 1_500],
    [800, 1_100],
    [100, 2_200],
  ] as const;
  for (const [firstAtMs, gapMs] of cases) {
    const from = `${firstAtMs} ms`.padEnd(7);
    const to = `${firstAtMs + gapMs} ms`.padEnd(8);
    const fate = survives(firstAtMs, gapMs) ? "goes on" : "gives up";
    print(`deaths at ${from}and ${to}(${gapMs} ms later): ${fate}`);
  }
}
