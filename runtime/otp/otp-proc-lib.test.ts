import { expect, test } from "vitest";
import { after } from "../core/clauses.ts";
import type { Process } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Self } from "../core/self.ts";
import { isProcessAlive } from "../core/world.ts";
import { simulate } from "../testing/simulate.ts";
import { procLib } from "./index.ts";
import type { Acknowledge } from "./proc-lib.ts";

const many = { schedules: 25 };
type Me = Self<unknown>;
type Answer = readonly ["ok", Pid];

function* nothingLeft(self: Me) {
  const left = yield* self.receive({ _: (it: unknown) => it }, after(5_000));
  expect(left).toBeUndefined();
}

/** Acknowledges after `ms`, and ends after another. */
const slowly = (ms: number, reason: unknown = "normal") =>
  function* (it: Self<never>, acknowledge: Acknowledge<Answer>): Process {
    yield* it.sleep(ms);
    acknowledge(["ok", it.pid]);
    yield* it.sleep(1);
    it.exit(reason);
  };

/** Ends before it has acknowledged. */
const failing = function* (it: Self<never>): Process {
  yield* it.sleep(1);
  it.exit("failed");
};

test("proc_lib_SUITE: crash is reported with the ancestors, links and neighbours, and only if it is one", () => {
  const boom = new Error("boom");
  const run = simulate(function* main(self: Self<never>) {
    self.trapExit(true);
    for (const reason of ["normal", "shutdown", ["shutdown", "info"]]) {
      procLib.spawnLink(self, (it) => it.exit(reason));
    }
    procLib.spawn(self, function* parent(it): Process {
      it.trapExit(true);
      it.register("parent");
      procLib.spawnLink(it, function* child(me): Process {
        me.register("child");
        yield* me.yield();
        throw boom;
      });
      yield* it.sleep(10);
    });
    yield* self.sleep(100);
  }, many);
  const [main, parent] = ["<0.1.0>", "<0.5.0>"];
  expect(run.reports).toHaveLength(1);
  const report = run.reports[0];
  if (report?.kind !== "report") throw new Error("no report of the crash");
  expect(report).toMatchObject({ level: "error", title: "CRASH REPORT" });
  const fields = Object.fromEntries(report.fields);
  expect(fields).toMatchObject({
    "initial call": "child",
    "registered name": "child",
    exception: boom,
    "traps exits": false,
  });
  expect(`${fields.ancestors}`).toBe(`${parent},${main}`);
  expect(`${fields.links}`).toBe(parent);
  expect(fields.neighbours).toMatchObject([
    { label: "parent", trapExit: true },
  ]);
});

test("proc_lib_SUITE: sync_start_nolink returns when the process has acknowledged, whatever it says", () => {
  simulate(function* main(self: Me) {
    const child = (it: Self<unknown>, acknowledge: Acknowledge<string>) =>
      (function* (): Process {
        yield* it.sleep(100);
        acknowledge("hello");
        yield* it.receive();
      })();
    const said = yield* procLib.start<string>(self, "child", child as never, {
      link: false,
    });
    expect(said).toBe("hello");
    const failed = yield* procLib.start(self, "failing", failing, {
      link: false,
    });
    expect(failed).toEqual(["error", "failed"]);
    yield* nothingLeft(self);
  }, many);
});

test("proc_lib_SUITE: sync_start_link of one that fails leaves no stray EXIT to a starter that traps", () => {
  simulate(function* main(self: Me) {
    self.trapExit(true);
    const linked = { link: true };
    const failed = yield* procLib.start(self, "failing", failing, linked);
    expect(failed).toEqual(["error", "failed"]);
    yield* nothingLeft(self);
    const started = yield* procLib.start(
      self,
      "slow",
      slowly(5, "end"),
      linked,
    );
    const exit = yield* self.receive();
    expect(exit).toEqual(["EXIT", started[1], "end"]);
  }, many);
});

test("proc_lib_SUITE: sync_start_link_timeout kills what is late, without an EXIT", () => {
  simulate(function* main(self: Me) {
    self.trapExit(true);
    const options = { link: true, timeoutMs: 10 };
    let late: Pid | undefined;
    const body = (it: Self<never>, acknowledge: Acknowledge<Answer>) => {
      late = it.pid;
      return slowly(100)(it, acknowledge);
    };
    const answer = yield* procLib.start(self, "late", body, options);
    expect(answer).toEqual(["error", "timeout"]);
    yield* nothingLeft(self);
    expect(isProcessAlive(late as Pid)).toBe(false);
  }, many);
});

test("proc_lib_SUITE: sync_start_monitor watches the process, and one that fails too", () => {
  simulate(function* main(self: Me) {
    const { startMonitor } = procLib;
    for (const link of [false, true]) {
      self.trapExit(link);
      const options = { link };
      const [started, ref] = yield* startMonitor(
        self,
        "slow",
        slowly(5, "end"),
        options,
      );
      const down = ["DOWN", ref, "process", started[1], "end"];
      const first = (yield* self.receive()) as string[];
      const both = link ? [first, yield* self.receive()] : [first];
      expect(both).toContainEqual(down);
      const [failed, other] = yield* startMonitor(
        self,
        "failing",
        failing,
        options,
      );
      expect(failed).toEqual(["error", "failed"]);
      const end = ["DOWN", other, "process", expect.anything(), "failed"];
      expect(yield* self.receive()).toEqual(end);
      yield* nothingLeft(self);
    }
  }, many);
});

test("proc_lib_SUITE: sync_start_monitor_link_timeout tells with DOWN that it was killed, and nothing else", () => {
  simulate(function* main(self: Me) {
    self.trapExit(true);
    for (const link of [true, false]) {
      const options = { link, timeoutMs: 10 };
      const [answer, ref] = yield* procLib.startMonitor(
        self,
        "late",
        slowly(100),
        options,
      );
      expect(answer).toEqual(["error", "timeout"]);
      const down = ["DOWN", ref, "process", expect.anything(), "killed"];
      expect(yield* self.receive()).toEqual(down);
      yield* nothingLeft(self);
    }
  }, many);
});

test("proc_lib_SUITE: sync_start_monitor_link a starter that does not trap dies with what it starts", () => {
  simulate(function* main(self: Me) {
    const [, ref] = self.spawnMonitor(function* (it: Self<never>): Process {
      yield* procLib.startMonitor(it, "failing", failing, { link: true });
      yield* it.sleep(100);
    });
    const down = ["DOWN", ref, "process", expect.anything(), "failed"];
    expect(yield* self.receive()).toEqual(down);
  }, many);
});

test("proc_lib_SUITE: otp_6345 start takes no monitor option: the type says so", () => {
  simulate(function* main(self: Me) {
    const asked = { link: false, monitor: true };
    // @ts-expect-error startMonitor is what watches.
    const options: Parameters<typeof procLib.start>[3] = { ...asked, x: 1 };
    const answer = yield* procLib.start(self, "slow", slowly(1), options);
    expect(answer).toEqual(["ok", expect.anything()]);
    yield* nothingLeft(self);
  });
});

test("a start that takes too long does not hurt its starter, even if the child linked itself", () => {
  simulate(function* main(self: Me) {
    let child: Pid | undefined;
    const linking = function* (it: Self<never>): Process {
      child = it.pid;
      it.link(self.pid);
      yield* it.sleep(1_000);
    };
    const limits = { link: false, timeoutMs: 100 };
    const answer = yield* procLib.start(self, "linking", linking, limits);
    expect(answer).toEqual(["error", "timeout"]);
    yield* self.sleep(10);
    expect(isProcessAlive(child as Pid)).toBe(false);
  }, many);
});
