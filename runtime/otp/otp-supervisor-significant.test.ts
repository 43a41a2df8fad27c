import { expect, test } from "vitest";
import type { ExitMessage, Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Self } from "../core/self.ts";
import { isProcessAlive } from "../core/world.ts";
import { simulate } from "../testing/simulate.ts";
import type { AutoShutdown, ChildSpec, Restart } from "./child-spec.ts";
import { plainChild } from "./flaky-child.ts";
import { type SupervisorFlags, supervisor } from "./index.ts";
import { loggingChild } from "./logging-child.ts";
import { ok } from "./outcome.ts";
import type { Supervisor } from "./supervisor-protocol.ts";

const many = { schedules: 25 };
type Me = Self<ExitMessage>;

const any = { autoShutdown: "any_significant" } as const;
const all = { autoShutdown: "all_significant" } as const;

/** Children by id, significant where the id is written in capitals. */
function children(restart: Restart, ...ids: string[]): ChildSpec[] {
  return ids.map((id) => {
    const significant = id === id.toUpperCase();
    return loggingChild(id, [], { restart, significant });
  });
}

/** Runs with these children; says whether the supervisor outlives the body. */
function outlives(
  flags: SupervisorFlags,
  specs: () => ChildSpec[],
  body: (self: Me, top: Supervisor) => Step<void>,
): boolean {
  let isAlive: boolean | undefined;
  simulate(function* main(self: Me) {
    self.trapExit(true);
    const limits = { intensity: 5, periodMs: 60_000 };
    const started = supervisor.startLink(
      self,
      { ...limits, ...flags },
      specs(),
    );
    const top = ok(yield* started);
    yield* body(self, top);
    yield* self.sleep(100);
    const before = isAlive;
    isAlive = isProcessAlive(top);
    if (!isAlive) {
      expect(yield* self.receive()).toEqual(["EXIT", top, "shutdown"]);
    }
    expect(before ?? isAlive).toBe(isAlive);
  }, many);
  return isAlive as boolean;
}

const die = (...ends: (readonly [id: string, reason: unknown])[]) =>
  function* (self: Me): Step<void> {
    for (const [id, reason] of ends) {
      self.send(id, ["die", reason]);
      yield* self.sleep(10);
    }
  };

for (const restart of ["temporary", "transient"] as const) {
  test(`supervisor_SUITE: nonsignificant_${restart} no end of such a child is the supervisor's`, () => {
    const flags: AutoShutdown[] = ["never", "any_significant"];
    for (const autoShutdown of [...flags, "all_significant"] as const) {
      for (const reason of ["normal", "shutdown", "abnormal"]) {
        const specs = () => children(restart, "a", "b");
        const ends = die(["a", reason], ["b", reason]);
        expect(outlives({ autoShutdown }, specs, ends)).toBe(true);
      }
    }
  });
}

test("supervisor_SUITE: significant_temporary any end of one, or the last one's, is the supervisor's", () => {
  for (const reason of ["normal", "shutdown", "abnormal"]) {
    const specs = () => children("temporary", "A", "B", "c");
    expect(outlives(any, specs, die(["A", reason]))).toBe(false);
    expect(outlives(all, specs, die(["A", reason]))).toBe(true);
    const both = die(["A", reason], ["B", reason]);
    expect(outlives(all, specs, both)).toBe(false);
  }
});

test("supervisor_SUITE: significant_transient only a normal end is, after an abnormal one it is restarted", () => {
  const specs = () => children("transient", "A", "B", "c");
  for (const reason of ["normal", "shutdown", ["shutdown", "info"]]) {
    expect(outlives(any, specs, die(["A", reason]))).toBe(false);
    expect(outlives(all, specs, die(["A", reason]))).toBe(true);
    const both = die(["A", reason], ["B", reason]);
    expect(outlives(all, specs, both)).toBe(false);
  }
  expect(outlives(any, specs, die(["A", "abnormal"]))).toBe(true);
  const half = die(["A", "abnormal"], ["B", "normal"]);
  expect(outlives(all, specs, half)).toBe(true);
});

test("supervisor_SUITE: significant_transient one that was stopped by the supervisor does not end it", () => {
  const stopped = function* (self: Me, top: Supervisor): Step<void> {
    yield* supervisor.terminateChild(self, top, "A");
  };
  for (const restart of ["transient", "temporary"] as const) {
    for (const flags of [any, all]) {
      const specs = () => children(restart, "A", "b");
      expect(outlives(flags, specs, stopped)).toBe(true);
    }
  }
});

test("supervisor_SUITE: significant_simple it is the same for dynamic children", () => {
  const strategy = "simple_one_for_one" as const;
  const specs = () => [
    plainChild("A", { restart: "transient", significant: true }),
  ];
  const grow = (reason: unknown, ends: number) =>
    function* (self: Me, top: Supervisor): Step<void> {
      const pids: Pid[] = [];
      for (let i = 0; i < 2; i++) {
        const started = yield* supervisor.startChild(self, top, []);
        pids.push(started[1] as Pid);
      }
      for (const pid of pids.slice(0, ends)) {
        self.send(pid as Pid<unknown>, ["die", reason]);
        yield* self.sleep(10);
      }
    };
  expect(outlives({ ...any, strategy }, specs, grow("normal", 1))).toBe(false);
  expect(outlives({ ...all, strategy }, specs, grow("normal", 1))).toBe(true);
  expect(outlives({ ...all, strategy }, specs, grow("normal", 2))).toBe(false);
  expect(outlives({ ...any, strategy }, specs, grow("boom", 2))).toBe(true);
});

test("supervisor_SUITE: significant_bystander one that ends because of a sibling does not end the supervisor", () => {
  for (const strategy of ["one_for_all", "rest_for_one"] as const) {
    for (const flags of [any, all]) {
      for (const restart of ["transient", "temporary"] as const) {
        const specs = () => [
          loggingChild("p", []),
          ...children(restart, "A", "B"),
        ];
        const ends = die(["p", "boom"]);
        expect(outlives({ ...flags, strategy }, specs, ends)).toBe(true);
      }
    }
  }
});
