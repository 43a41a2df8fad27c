import { expect, test } from "vitest";
import type { Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Self } from "../core/self.ts";
import { isProcessAlive } from "../core/world.ts";
import { simulate } from "../testing/simulate.ts";
import { type SupervisorFlags, supervisor } from "./index.ts";
import { loggingChild } from "./logging-child.ts";
import { ok } from "./outcome.ts";
import type { Supervisor } from "./supervisor-protocol.ts";

// The experiments on real Erlang, re-enacted: restarts and their limits.

const many = { schedules: 25 };
type Me = Self<["EXIT", Pid, unknown]>;

/** What has been written down, now that nothing more is under way. */
function* written(self: Me, log: unknown[]): Step<unknown[]> {
  yield* self.sleep(100);
  return log.splice(0);
}

test("S1 children start in the order of the list and stop in the reverse order", () => {
  simulate(function* main(self: Me) {
    const log: unknown[] = [];
    self.trapExit(true);
    const children = ["a", "b", "c"].map((id) => loggingChild(id, log));
    const top = ok(yield* supervisor.startLink(self, {}, children));
    expect(yield* written(self, log)).toEqual([
      ["start", "a"],
      ["start", "b"],
      ["start", "c"],
    ]);
    self.sendExit(top, "shutdown");
    expect(yield* self.receive()).toEqual(["EXIT", top, "shutdown"]);
    expect(log).toEqual([
      ["stop", "c", "shutdown"],
      ["stop", "b", "shutdown"],
      ["stop", "a", "shutdown"],
    ]);
  }, many);
});

/** What b's death does among a, b, c and d. */
function deathOfB(strategy: "one_for_one" | "one_for_all" | "rest_for_one") {
  const log: unknown[] = [];
  simulate(function* main(self: Me) {
    log.length = 0;
    self.trapExit(true);
    const flags = { strategy, intensity: 5, periodMs: 10_000 };
    const children = ["a", "b", "c", "d"].map((id) => loggingChild(id, log));
    ok(yield* supervisor.startLink(self, flags, children));
    yield* written(self, log);
    self.send("b", ["die", "boom"]);
    yield* self.sleep(100);
  }, many);
  return log;
}

const started = (...ids: string[]) => ids.map((id) => ["start", id]);
const stopped = (...ids: string[]) => ids.map((id) => ["stop", id, "shutdown"]);

test("S2 one_for_one: only the dead child comes back", () => {
  expect(deathOfB("one_for_one")).toEqual(started("b"));
});

test("S3 one_for_all: the others stop in reverse order, then all start in order", () => {
  expect(deathOfB("one_for_all")).toEqual([
    ...stopped("d", "c", "a"),
    ...started("a", "b", "c", "d"),
  ]);
});

test("S4 rest_for_one: those after the dead one stop in reverse, then it and they start", () => {
  expect(deathOfB("rest_for_one")).toEqual([
    ...stopped("d", "c"),
    ...started("b", "c", "d"),
  ]);
});

/** Whether a child of this type is restarted, and how it is listed then. */
function fateOf(restart: "permanent" | "transient" | "temporary") {
  const fates: unknown[] = [];
  for (const reason of [
    "normal",
    "shutdown",
    ["shutdown", "x"],
    "boom",
    "kill",
  ])
    simulate(function* main(self: Me) {
      const log: unknown[] = [];
      self.trapExit(true);
      const child = loggingChild("a", log, { restart });
      const flags = { intensity: 5, periodMs: 10_000 };
      const top = ok(yield* supervisor.startLink(self, flags, [child]));
      yield* written(self, log);
      self.send("a", ["die", reason]);
      const isBack = (yield* written(self, log)).length > 0;
      const [listed] = yield* supervisor.whichChildren(self, top);
      const how = listed?.[1] === undefined ? "undefined" : "pid";
      fates.push([isBack ? "back" : "gone", listed ? how : "not listed"]);
    });
  return fates;
}

test("S5 the restart type and the reason decide whether a child comes back, and stays listed", () => {
  const back = ["back", "pid"];
  const kept = ["gone", "undefined"];
  const lost = ["gone", "not listed"];
  expect(fateOf("permanent")).toEqual([back, back, back, back, back]);
  expect(fateOf("transient")).toEqual([kept, kept, kept, back, back]);
  expect(fateOf("temporary")).toEqual([lost, lost, lost, lost, lost]);
});

test("S6 as many restarts as the intensity says are made, and the next death ends it", () => {
  for (const intensity of [0, 1, 2]) {
    simulate(function* main(self: Me) {
      const log: unknown[] = [];
      self.trapExit(true);
      const children = ["a", "b"].map((id) => loggingChild(id, log));
      const flags = { intensity, periodMs: 5_000 };
      const top = ok(yield* supervisor.startLink(self, flags, children));
      yield* written(self, log);
      let deaths = 0;
      while (isProcessAlive(top)) {
        self.send("a", ["die", "boom"]);
        deaths++;
        yield* self.sleep(40);
      }
      expect(deaths).toBe(intensity + 1);
      const restarts = Array.from({ length: intensity }, () => ["start", "a"]);
      expect(log).toEqual([...restarts, ["stop", "b", "shutdown"]]);
      expect(yield* self.receive()).toEqual(["EXIT", top, "shutdown"]);
    }, many);
  }
});

test("S7 the period is a sliding window in whole seconds", () => {
  const survives = (phaseMs: number, gapMs: number) => {
    let isAlive = false;
    simulate(function* main(self: Me) {
      const log: unknown[] = [];
      self.trapExit(true);
      const flags = { intensity: 1, periodMs: 1_000 };
      const child = loggingChild("a", log);
      const top = ok(yield* supervisor.startLink(self, flags, [child]));
      yield* self.sleep(phaseMs);
      self.send("a", ["die", "boom"]);
      yield* self.sleep(gapMs);
      self.send("a", ["die", "boom"]);
      yield* self.sleep(40);
      isAlive = isProcessAlive(top);
    }, many);
    return isAlive;
  };
  expect(survives(100, 500)).toBe(false);
  expect(survives(100, 1_500)).toBe(false);
  expect(survives(800, 1_500)).toBe(true);
  expect(survives(800, 1_100)).toBe(false);
  expect(survives(100, 2_200)).toBe(true);
});

test("S16 a supervisor that gives up is restarted by its own with all its children", () => {
  simulate(function* main(self: Me) {
    const log: unknown[] = [];
    self.trapExit(true);
    const child = (id: string) => loggingChild(id, log);
    const flags: SupervisorFlags = { intensity: 0, periodMs: 1_000 };
    const inner = {
      id: "inner",
      type: "supervisor" as const,
      start: (it: Self<never>) =>
        supervisor.startLink(it, flags, [child("a"), child("b")]),
    };
    const outer = { intensity: 1, periodMs: 10_000 };
    const children = [child("x"), inner, child("y")];
    const top: Supervisor = ok(
      yield* supervisor.startLink(self, outer, children),
    );
    expect(yield* written(self, log)).toEqual(started("x", "a", "b", "y"));
    self.send("a", ["die", "boom"]);
    expect(yield* written(self, log)).toEqual([
      ...stopped("b"),
      ...started("a", "b"),
    ]);
    self.send("a", ["die", "boom"]);
    expect(yield* written(self, log)).toEqual(stopped("b", "y", "x"));
    expect(yield* self.receive()).toEqual(["EXIT", top, "shutdown"]);
  }, many);
});

test("S23 any_significant: a significant child's normal end is the supervisor's", () => {
  simulate(function* main(self: Me) {
    const log: unknown[] = [];
    self.trapExit(true);
    const significant = { restart: "transient", significant: true } as const;
    const children = [
      loggingChild("a", log, significant),
      loggingChild("b", log),
    ];
    const flags = { autoShutdown: "any_significant" } as const;
    const top = ok(yield* supervisor.startLink(self, flags, children));
    yield* written(self, log);
    self.send("a", ["die", "normal"]);
    expect(yield* self.receive()).toEqual(["EXIT", top, "shutdown"]);
    expect(log).toEqual(stopped("b"));
  }, many);
});
