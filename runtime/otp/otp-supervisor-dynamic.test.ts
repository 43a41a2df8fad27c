import { expect, test } from "vitest";
import type { ExitMessage, Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Self } from "../core/self.ts";
import { isProcessAlive } from "../core/world.ts";
import { simulate } from "../testing/simulate.ts";
import type { ChildSpec, Restart } from "./child-spec.ts";
import { plainChild, startPlain } from "./flaky-child.ts";
import { supervisor } from "./index.ts";
import { ok } from "./outcome.ts";
import type { Supervisor } from "./supervisor-protocol.ts";

const many = { schedules: 25 };
type Me = Self<ExitMessage>;
const simple = { strategy: "simple_one_for_one" } as const;

function dynamic(
  spec: ChildSpec,
  body: (self: Me, top: Supervisor) => Step<void>,
  intensity = 1,
) {
  simulate(function* main(self: Me) {
    self.trapExit(true);
    const flags = { ...simple, intensity, periodMs: 60_000 };
    const top = ok(yield* supervisor.startLink(self, flags, [spec]));
    yield* body(self, top);
  }, many);
}

const pidOf = (started: readonly unknown[]) => started[1] as Pid;

test("supervisor_SUITE: child_adm_simple dynamic children are administered by pid alone", () => {
  const spec = plainChild("child", { restart: "temporary" });
  dynamic(spec, function* (self, top) {
    const { deleteChild, getChildSpec, restartChild, terminateChild } =
      supervisor;
    const first = pidOf(yield* supervisor.startChild(self, top, []));
    const second = pidOf(yield* supervisor.startChild(self, top, []));
    const refused = ["error", "simple_one_for_one"];
    expect(yield* terminateChild(self, top, "child")).toEqual(refused);
    expect(yield* restartChild(self, top, "child")).toEqual(refused);
    expect(yield* deleteChild(self, top, "child")).toEqual(refused);
    expect(yield* terminateChild(self, top, first)).toBe("ok");
    expect(isProcessAlive(first)).toBe(false);
    const missing = ["error", "not_found"];
    expect(yield* terminateChild(self, top, first)).toEqual(missing);
    expect(yield* terminateChild(self, top, self.pid)).toEqual(missing);
    for (const known of [second, "child"]) {
      const [word, found] = yield* getChildSpec(self, top, known);
      expect([word, found]).toMatchObject(["ok", { id: "child" }]);
    }
    expect(yield* getChildSpec(self, top, first)).toEqual(missing);
    const counts = yield* supervisor.countChildren(self, top);
    expect(counts).toEqual({ specs: 1, active: 1, supervisors: 0, workers: 1 });
  });
});

test("supervisor_SUITE: child_adm by pid finds no child that has an id", () => {
  simulate(function* main(self: Me) {
    const children = [plainChild("a")];
    const top = ok(yield* supervisor.startLink(self, {}, children));
    const [child] = yield* supervisor.whichChildren(self, top);
    const pid = child?.[1] as Pid;
    const missing = ["error", "not_found"];
    expect(yield* supervisor.terminateChild(self, top, pid)).toEqual(missing);
    expect(yield* supervisor.getChildSpec(self, top, pid)).toEqual(missing);
    expect(isProcessAlive(pid)).toBe(true);
  }, many);
});

test("supervisor_SUITE: simple_one_for_one_extra a child that said more is restarted all the same", () => {
  const extra: ChildSpec = {
    id: "child",
    start: (it, info: string) => ["ok", pidOf(startPlain(it)), info],
  };
  dynamic(extra, function* (self, top) {
    const started = yield* supervisor.startChild(self, top, ["extra"]);
    expect(started).toEqual(["ok", expect.anything(), "extra"]);
    self.send(pidOf(started) as Pid<unknown>, ["die", "boom"]);
    yield* self.sleep(10);
    const [child] = yield* supervisor.whichChildren(self, top);
    expect(child?.[1]).not.toBe(started[1]);
    expect(isProcessAlive(child?.[1] as Pid)).toBe(true);
  });
});

test("supervisor_SUITE: simple_one_for_one_corruption a temporary child that is gone leaves nothing behind", () => {
  let starts = 0;
  const failing: ChildSpec = {
    id: "child",
    restart: "temporary",
    start: (it) => (++starts % 2 ? startPlain(it) : ["error", "no"]),
  };
  dynamic(failing, function* (self, top) {
    const started = yield* supervisor.startChild(self, top, []);
    const refused = yield* supervisor.startChild(self, top, []);
    expect(refused).toEqual(["error", "no"]);
    self.sendExit(pidOf(started), "boom");
    yield* self.sleep(10);
    expect(yield* supervisor.whichChildren(self, top)).toEqual([]);
    const counts = yield* supervisor.countChildren(self, top);
    expect(counts).toEqual({ specs: 1, active: 0, supervisors: 0, workers: 0 });
  });
});

test("supervisor_SUITE: count_children agrees with whichChildren for a thousand, and when some are killed", () => {
  simulate(
    function* main(self: Me) {
      const flags = { ...simple, intensity: 0 };
      const spec = plainChild("child", { restart: "temporary" });
      const top = ok(yield* supervisor.startLink(self, flags, [spec]));
      for (let i = 0; i < 1_000; i++) {
        yield* supervisor.startChild(self, top, []);
      }
      const children = yield* supervisor.whichChildren(self, top);
      expect(children).toHaveLength(1_000);
      const counts = { specs: 1, supervisors: 0 };
      expect(yield* supervisor.countChildren(self, top)).toEqual({
        ...counts,
        active: 1_000,
        workers: 1_000,
      });
      const killed = children.slice(0, 10).map(([, pid]) => pid as Pid);
      for (const pid of killed) self.sendExit(pid, "kill");
      yield* self.sleep(10);
      expect(yield* supervisor.countChildren(self, top)).toEqual({
        ...counts,
        active: 990,
        workers: 990,
      });
    },
    { seed: 0 },
  );
});

test("supervisor_SUITE: simple_one_for_one_scale_many_temporary_children ten times as many take ten times the steps", () => {
  // What happens is counted, not seconds, which no test can rely on.
  const reductions = (count: number) => {
    const run = simulate(
      function* main(self: Me) {
        const spec = plainChild("child", { restart: "temporary" });
        const top = ok(yield* supervisor.startLink(self, simple, [spec]));
        const pids: Pid[] = [];
        for (let i = 0; i < count; i++) {
          pids.push(pidOf(yield* supervisor.startChild(self, top, [])));
        }
        for (const pid of pids) self.sendExit(pid, "kill");
        yield* self.sleep(10);
        expect(yield* supervisor.whichChildren(self, top)).toEqual([]);
      },
      { seed: 0, maxReductions: 1_000_000 },
    );
    return run.trace.length;
  };
  const few = reductions(500);
  const ten = reductions(5_000);
  expect(ten / few).toBeLessThan(11);
});

/** A child whose restarts fail while `isBroken`; first it starts. */
function breakable(restart: Restart = "permanent") {
  const state = { isBroken: false };
  const spec: ChildSpec = {
    id: "child",
    restart,
    *start(it) {
      yield* it.sleep(10);
      return state.isBroken ? ["error", "broken"] : startPlain(it);
    },
  };
  return { spec, state };
}

test("supervisor_SUITE: hanging_restart_loop a supervisor answers between the tries, and the child can be stopped", () => {
  simulate(function* main(self: Me) {
    self.trapExit(true);
    const { spec, state } = breakable();
    const flags = { intensity: 1_000_000, periodMs: 60_000 };
    const top = ok(yield* supervisor.startLink(self, flags, [spec]));
    const [before] = yield* supervisor.whichChildren(self, top);
    state.isBroken = true;
    self.sendExit(before?.[1] as Pid, "boom");
    yield* self.sleep(55);
    const { countChildren, deleteChild, restartChild, startChild } = supervisor;
    expect(yield* supervisor.whichChildren(self, top)).toEqual([
      ["child", "restarting", "worker"],
    ]);
    const counts = yield* countChildren(self, top);
    expect(counts).toEqual({ specs: 1, active: 0, supervisors: 0, workers: 1 });
    const restarting = ["error", "restarting"];
    expect(yield* restartChild(self, top, "child")).toEqual(restarting);
    expect(yield* deleteChild(self, top, "child")).toEqual(restarting);
    const present = ["error", "already_present"];
    expect(yield* startChild(self, top, spec)).toEqual(present);
    expect(yield* supervisor.terminateChild(self, top, "child")).toBe("ok");
    yield* self.sleep(100);
    expect(yield* supervisor.whichChildren(self, top)).toEqual([
      ["child", undefined, "worker"],
    ]);
    state.isBroken = false;
    const again = yield* restartChild(self, top, "child");
    expect(again).toEqual(["ok", expect.anything()]);
    self.sendExit(top, "shutdown");
    expect(yield* self.receive()).toEqual(["EXIT", top, "shutdown"]);
  }, many);
});

test("supervisor_SUITE: hanging_restart_loop_simple and count_restarting_children a dynamic one is found by its last pid", () => {
  const { spec, state } = breakable();
  const body = function* (self: Me, top: Supervisor): Step<void> {
    state.isBroken = false;
    const pid = pidOf(yield* supervisor.startChild(self, top, []));
    state.isBroken = true;
    self.sendExit(pid, "boom");
    yield* self.sleep(55);
    expect(yield* supervisor.whichChildren(self, top)).toEqual([
      [undefined, "restarting", "worker"],
    ]);
    const counts = yield* supervisor.countChildren(self, top);
    expect(counts).toEqual({ specs: 1, active: 0, supervisors: 0, workers: 1 });
    expect(yield* supervisor.terminateChild(self, top, pid)).toBe("ok");
    yield* self.sleep(100);
    expect(yield* supervisor.whichChildren(self, top)).toEqual([]);
    self.sendExit(top, "shutdown");
    expect(yield* self.receive()).toEqual(["EXIT", top, "shutdown"]);
  };
  dynamic(spec, body, 1_000_000);
});

test("supervisor_SUITE: count_restarting_children a supervisor can be stopped in the middle of it", () => {
  const { spec, state } = breakable();
  const body = function* (self: Me, top: Supervisor): Step<void> {
    state.isBroken = false;
    const pid = pidOf(yield* supervisor.startChild(self, top, []));
    state.isBroken = true;
    self.sendExit(pid, "boom");
    yield* self.sleep(35);
    self.sendExit(top, "shutdown");
    expect(yield* self.receive()).toEqual(["EXIT", top, "shutdown"]);
  };
  dynamic(spec, body, 1_000_000);
});
