import { expect, test } from "vitest";
import type { ExitMessage, Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Self } from "../core/self.ts";
import { isProcessAlive } from "../core/world.ts";
import { simulate } from "../testing/simulate.ts";
import type { ChildSpec, Restart, Strategy } from "./child-spec.ts";
import { flakyChild } from "./flaky-child.ts";
import { type SupervisorFlags, supervisor } from "./index.ts";
import { loggingChild } from "./logging-child.ts";
import { ok } from "./outcome.ts";
import type { Supervisor } from "./supervisor-protocol.ts";

const many = { schedules: 25 };
type Me = Self<ExitMessage>;

const started = (...ids: string[]) => ids.map((id) => ["start", id]);
const stopped = (...ids: string[]) => ids.map((id) => ["stop", id, "shutdown"]);

/** Children start; then the body says who dies, and looks at what is written. */
function supervised(
  flags: SupervisorFlags,
  specs: (log: unknown[]) => ChildSpec[],
  body: (self: Me, top: Supervisor, after: Die) => Step<void>,
) {
  simulate(function* main(self: Me) {
    self.trapExit(true);
    const log: unknown[] = [];
    const top = ok(yield* supervisor.startLink(self, flags, specs(log)));
    log.length = 0;
    yield* body(self, top, function* (id, reason) {
      self.send(id, ["die", reason]);
      yield* self.sleep(100);
      return log.splice(0);
    });
  }, many);
}

/** Tells a child to die; gives what is written down thereupon. */
type Die = (id: string, reason: unknown) => Step<unknown[]>;

const some =
  (...ids: string[]) =>
  (log: unknown[]) =>
    ids.map((id) => loggingChild(id, log));

const hasGivenUp = function* (self: Me, top: Supervisor): Step<void> {
  expect(isProcessAlive(top)).toBe(false);
  expect(yield* self.receive()).toEqual(["EXIT", top, "shutdown"]);
};

test("supervisor_SUITE: one_for_one gives only the dead child a new pid, and ends when there are too many", () => {
  const body = function* (self: Me, top: Supervisor, die: Die): Step<void> {
    const before = self.whereis("b");
    expect(yield* die("a", "boom")).toEqual(started("a"));
    expect(self.whereis("b")).toBe(before);
    expect(yield* die("a", "boom")).toEqual(stopped("b"));
    yield* hasGivenUp(self, top);
  };
  supervised({ intensity: 1, periodMs: 60_000 }, some("a", "b"), body);
});

test("supervisor_SUITE: one_for_one_escalation restarts that fail count, until it gives up", () => {
  const body = function* (self: Me, top: Supervisor, die: Die): Step<void> {
    expect(yield* die("a", "boom")).toEqual([
      ["fail", "a"],
      ["fail", "a"],
      ["fail", "a"],
      ["fail", "a"],
      ...stopped("b"),
    ]);
    yield* hasGivenUp(self, top);
  };
  const specs = (log: unknown[]) => [
    flakyChild("a", log, (start) => start > 1),
    loggingChild("b", log),
  ];
  supervised({ intensity: 4, periodMs: 60_000 }, specs, body);
});

test("supervisor_SUITE: one_for_all_escalation stops and starts all at each try, until it gives up", () => {
  const body = function* (self: Me, top: Supervisor, die: Die): Step<void> {
    expect(yield* die("a", "boom")).toEqual([
      ...stopped("b"),
      ["fail", "a"],
      ["fail", "a"],
    ]);
    yield* hasGivenUp(self, top);
  };
  const specs = (log: unknown[]) => [
    flakyChild("a", log, (start) => start > 1),
    loggingChild("b", log),
  ];
  const flags = { strategy: "one_for_all", intensity: 2 } as const;
  supervised(flags, specs, body);
});

test("supervisor_SUITE: one_for_all_other_child_fails_restart stops again those that were restarted before", () => {
  const body = function* (_self: Me, _top: Supervisor, die: Die): Step<void> {
    expect(yield* die("b", "boom")).toEqual([
      ...stopped("d", "c", "a"),
      ...started("a", "b"),
      ["fail", "c"],
      ...stopped("b", "a"),
      ...started("a", "b", "c", "d"),
    ]);
  };
  const specs = (log: unknown[]) => [
    ...some("a", "b")(log),
    flakyChild("c", log, (start) => start === 2),
    loggingChild("d", log),
  ];
  supervised({ strategy: "one_for_all", intensity: 5 }, specs, body);
});

test("supervisor_SUITE: rest_for_one leaves those before the dead one untouched", () => {
  const body = function* (self: Me, top: Supervisor, die: Die): Step<void> {
    const before = self.whereis("a");
    expect(yield* die("b", "boom")).toEqual([
      ...stopped("c"),
      ...started("b", "c"),
    ]);
    expect(self.whereis("a")).toBe(before);
    expect(yield* die("c", "boom")).toEqual(started("c"));
    expect(yield* die("a", "boom")).toEqual(stopped("c", "b"));
    yield* hasGivenUp(self, top);
  };
  const flags = { strategy: "rest_for_one", intensity: 2 } as const;
  supervised(flags, some("a", "b", "c"), body);
});

test("supervisor_SUITE: rest_for_one_other_child_fails_restart goes on from the one that failed", () => {
  // OTP 25 retries the failed one and those after it; b has started and stays.
  const body = function* (_self: Me, _top: Supervisor, die: Die): Step<void> {
    expect(yield* die("b", "boom")).toEqual([
      ...stopped("d", "c"),
      ...started("b"),
      ["fail", "c"],
      ...started("c", "d"),
    ]);
  };
  const specs = (log: unknown[]) => [
    ...some("a", "b")(log),
    flakyChild("c", log, (start) => start === 2),
    loggingChild("d", log),
  ];
  supervised({ strategy: "rest_for_one", intensity: 5 }, specs, body);
});

const endings = {
  normal: ["normal"],
  shutdown: ["shutdown", ["shutdown", "info"]],
  abnormal: ["abnormal", "kill"],
};
const fates = {
  permanent: ["back", "back", "back"],
  transient: ["kept", "kept", "back"],
  temporary: ["lost", "lost", "lost"],
};

for (const [restart, fate] of Object.entries(fates)) {
  for (const [place, [kind, reasons]] of Object.entries(endings).entries()) {
    const becomes = fate[place];
    test(`supervisor_SUITE: ${restart}_${kind} the child is ${becomes}`, () => {
      for (const reason of reasons) {
        const body = function* (self: Me, top: Supervisor, die: Die) {
          const before = self.whereis("a");
          yield* die("a", reason);
          const listed = yield* supervisor.whichChildren(self, top);
          const now = listed[0]?.[1];
          expect(now).not.toBe(before);
          const isKept = listed.length === 1 && now === undefined;
          const seen = now ? "back" : isKept ? "kept" : "lost";
          expect(seen).toBe(becomes);
        };
        const one = { restart: restart as Restart };
        supervised({}, (log) => [loggingChild("a", log, one)], body);
      }
    });
  }
}

test("supervisor_SUITE: do_not_save_child_specs_for_temporary_children, whatever ends them", () => {
  const strategies: Strategy[] = ["one_for_one", "one_for_all", "rest_for_one"];
  for (const strategy of strategies) {
    const specs = (log: unknown[]) => [
      loggingChild("a", log, { restart: "permanent" }),
      loggingChild("b", log, { restart: "temporary" }),
      loggingChild("c", log, { restart: "temporary" }),
    ];
    const body = function* (self: Me, top: Supervisor, die: Die): Step<void> {
      const ids = (yield* supervisor.whichChildren(self, top)).map(
        ([id]) => id,
      );
      expect(ids).toEqual(["c", "b", "a"]);
      yield* die("b", "boom");
      yield* die("a", "boom");
      yield* supervisor.terminateChild(self, top, "c");
      const left = yield* supervisor.whichChildren(self, top);
      expect(left.map(([id]) => id)).toEqual(["a"]);
      expect(isProcessAlive(left[0]?.[1] as Pid)).toBe(true);
    };
    supervised({ strategy, intensity: 5 }, specs, body);
  }
});

test("supervisor_SUITE: order_of_children is the list's, and its reverse when they stop", () => {
  const strategies: Strategy[] = ["one_for_one", "one_for_all", "rest_for_one"];
  for (const strategy of strategies) {
    simulate(function* main(self: Me) {
      self.trapExit(true);
      const log: unknown[] = [];
      const ids = ["e", "a", "d", "b", "c"];
      const children = some(...ids)(log);
      const top = ok(yield* supervisor.startLink(self, { strategy }, children));
      self.sendExit(top, "shutdown");
      yield* self.receive();
      expect(log).toEqual([...started(...ids), ...stopped(...ids.reverse())]);
    }, many);
  }
});
