import { expect, test } from "vitest";
import type { ExitMessage, Process, Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Self } from "../core/self.ts";
import { simulate } from "../testing/simulate.ts";
import type { ChildSpec, Shutdown } from "./child-spec.ts";
import { type SupervisorFlags, supervisor } from "./index.ts";
import { ok } from "./outcome.ts";
import type { Supervisor } from "./supervisor-protocol.ts";

const many = { schedules: 25 };
type Me = Self<ExitMessage | readonly ["DOWN", ...unknown[]]>;
const dynamic = { strategy: "simple_one_for_one" } as const;

/** What a child does when it is asked to stop. */
type Manner = "goes" | "tidies up" | "stays" | "ends otherwise";

function* child(self: Self<["EXIT", Pid, unknown]>, manner: Manner): Process {
  if (manner === "goes") self.trapExit(false);
  else self.trapExit(true);
  for (;;) {
    yield* self.receive();
    if (manner === "ends otherwise") self.exit("otherwise");
    if (manner === "tidies up") {
      yield* self.sleep(50);
      self.exit("shutdown");
    }
  }
}

const childOf = (manner: Manner, more: Partial<ChildSpec>): ChildSpec => ({
  id: manner,
  start: (self, given?: Manner) => [
    "ok",
    self.spawnLink(child, given ?? manner),
  ],
  ...more,
});

interface Stopped {
  readonly reasons: unknown[];
  readonly tookMs: number;
  /** What the supervisor has reported of children that did not end as asked. */
  readonly reported: number;
}

/** Stops a supervisor; gives what its children have ended with. */
function stop(
  flags: SupervisorFlags,
  specs: ChildSpec[],
  grow: (self: Me, top: Supervisor) => Step<void> = function* () {},
): Stopped {
  let reasons: unknown[] = [];
  let tookMs = 0;
  const run = simulate(function* main(self: Me) {
    self.trapExit(true);
    const top = ok(yield* supervisor.startLink(self, flags, specs));
    yield* grow(self, top);
    // All children are at their receive before anything is asked of them.
    yield* self.sleep(1_000);
    const children = yield* supervisor.whichChildren(self, top);
    const refs = children.map(([, pid]) => self.monitor(pid as Pid));
    self.sendExit(top, "shutdown");
    const exit = yield* self.receive({ EXIT: (...end) => end });
    expect(exit).toEqual([top, "shutdown"]);
    reasons = [];
    for (const _ of refs) {
      reasons.push(yield* self.receive({ DOWN: (...end) => end[3] }));
    }
  }, many);
  tookMs = run.elapsedMs - 1_000;
  const errors = run.reports.filter(
    (report) => report.kind === "report" && report.level === "error",
  );
  return { reasons, tookMs, reported: errors.length };
}

const three = function* (self: Me, top: Supervisor): Step<void> {
  for (let i = 0; i < 3; i++) yield* supervisor.startChild(self, top, []);
};

test("supervisor_SUITE: sup_stop_infinity waits as long as it takes, for workers and supervisors", () => {
  const spec = { shutdownMs: "infinity" } as const;
  const specs = [
    childOf("tidies up", spec),
    childOf("goes", { ...spec, type: "supervisor" }),
  ];
  const stopped = stop({}, specs);
  expect(stopped.reasons).toEqual(["shutdown", "shutdown"]);
  expect(stopped.tookMs).toBe(50);
  expect(stopped.reported).toBe(0);
});

test("supervisor_SUITE: sup_stop_timeout one that takes longer than it may is killed, and reported", () => {
  const spec = { shutdownMs: 10 };
  const specs = [childOf("goes", spec), childOf("stays", spec)];
  const stopped = stop({}, specs);
  expect(stopped.reasons.sort()).toEqual(["killed", "shutdown"]);
  expect(stopped.tookMs).toBe(10);
  expect(stopped.reported).toBe(1);
});

test("supervisor_SUITE: sup_stop_timeout_dynamic dynamic children have one time limit between them", () => {
  const stay = childOf("stays", { shutdownMs: 100 });
  const stopped = stop(dynamic, [stay], three);
  expect(stopped.reasons).toEqual(["killed", "killed", "killed"]);
  expect(stopped.tookMs).toBe(100);
});

test("supervisor_SUITE: sup_stop_brutal_kill ends a child with killed, and nothing is wrong with that", () => {
  const spec = { shutdownMs: "brutal_kill" } as const;
  const specs = [childOf("stays", spec), childOf("goes", { shutdownMs: 1 })];
  const stopped = stop({}, specs);
  expect(stopped.reasons.sort()).toEqual(["killed", "shutdown"]);
  expect(stopped.tookMs).toBe(0);
  expect(stopped.reported).toBe(0);
});

test("supervisor_SUITE: sup_stop_brutal_kill_dynamic kills all at once", () => {
  const spec = childOf("stays", { shutdownMs: "brutal_kill" });
  const stopped = stop(dynamic, [spec], three);
  expect(stopped.reasons).toEqual(["killed", "killed", "killed"]);
  expect(stopped.tookMs).toBe(0);
});

test("supervisor_SUITE: simple_one_for_one_shutdown dynamic children obey their spec's time", () => {
  const tidy = (shutdownMs: Shutdown) =>
    stop(dynamic, [childOf("tidies up", { shutdownMs })], three);
  const patient = tidy(1_000);
  expect(patient.reasons).toEqual(["shutdown", "shutdown", "shutdown"]);
  // All of them tidy up at the same time.
  expect(patient.tookMs).toBe(50);
  expect(tidy(10).reasons).toEqual(["killed", "killed", "killed"]);
});

test("supervisor_SUITE: sup_stop_race children that end by themselves meanwhile do no harm", () => {
  simulate(
    function* main(self: Me) {
      self.trapExit(true);
      const ids = ["a", "b", "c", "d"];
      const specs = ids.map((id) => childOf("goes", { id }));
      const top = ok(
        yield* supervisor.startLink(self, { intensity: 0 }, specs),
      );
      const children = yield* supervisor.whichChildren(self, top);
      self.sendExit(top, "shutdown");
      for (const [, pid] of children) self.sendExit(pid as Pid, "race");
      const exit = yield* self.receive({ EXIT: (...end) => end });
      expect(exit).toEqual([top, "shutdown"]);
      for (const [, pid] of children) {
        self.monitor(pid as Pid);
        expect(yield* self.receive({ DOWN: (...end) => end[3] })).toBe(
          "noproc",
        );
      }
    },
    { schedules: 200 },
  );
});

test("supervisor_SUITE: sup_stop_non_shutdown_exit_dynamic one that ends otherwise does not hold up the rest", () => {
  const spec = childOf("goes", { shutdownMs: 5_000 });
  const grow = function* (self: Me, top: Supervisor): Step<void> {
    const manners: Manner[] = ["goes", "ends otherwise", "tidies up"];
    for (const manner of manners) {
      yield* supervisor.startChild(self, top, [manner]);
    }
  };
  const stopped = stop(dynamic, [spec], grow);
  const reasons = ["otherwise", "shutdown", "shutdown"];
  expect(stopped.reasons.sort()).toEqual(reasons);
  expect(stopped.tookMs).toBe(50);
  expect(stopped.reported).toBe(1);
});

test("supervisor_SUITE: tree a supervisor's end takes its whole tree with it, from the last", () => {
  const stopping: string[] = [];
  const leaf = (id: string): ChildSpec => ({
    id,
    start: (self) => [
      "ok",
      self.spawnLink(function* (it: Self<["EXIT", Pid, unknown]>): Process {
        it.trapExit(true);
        yield* it.receive({ EXIT: (_from, reason) => it.exit(reason) });
      }),
    ],
  });
  const inner = (id: string, ...leaves: string[]): ChildSpec => ({
    id,
    type: "supervisor",
    start: (self) => supervisor.startLink(self, {}, leaves.map(leaf)),
  });
  const run = simulate(function* main(self: Me) {
    self.trapExit(true);
    const specs = [inner("one", "a", "b"), leaf("c"), inner("two", "d", "e")];
    const top = ok(yield* supervisor.startLink(self, {}, specs));
    const counts = yield* supervisor.countChildren(self, top);
    expect(counts).toEqual({ specs: 3, active: 3, supervisors: 2, workers: 1 });
    yield* self.sleep(1);
    self.sendExit(top, "shutdown");
    yield* self.receive({ EXIT: () => {} });
  }, many);
  for (const event of run.trace) {
    if (event.kind === "exit") stopping.push(`${event.pid}`);
  }
  // main 1, top 2, one 3, a 4, b 5, c 6, two 7, d 8, e 9.
  const order = [9, 8, 7, 6, 5, 4, 3, 2, 1];
  expect(stopping).toEqual(order.map((id) => `<0.${id}.0>`));
});
