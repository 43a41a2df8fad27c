import { expect, test } from "vitest";
import {
  after,
  type DownMessage,
  isProcessAlive,
  type Process,
  processInfo,
  type Ref,
  type Self,
  type Step,
} from "#runtime";
import { simulate } from "#runtime/testing";

const seeds = { schedules: 20 };
type Watching = Self<DownMessage>;

function* until(self: Self<"stop">, reason: unknown): Process {
  yield* self.receive({ stop: () => self.exit(reason) });
}

/** The DOWN messages that come within 50 ms. */
function* downs(self: Watching) {
  const all: (readonly [Ref, unknown, unknown])[] = [];
  for (;;) {
    const got = yield* self.receive(
      { DOWN: (ref, _type, who, why) => [ref, who, why] as const },
      after(50),
    );
    if (got === undefined) return all;
    all.push(got);
  }
}

test("D1 monitors on one process stack, and each has a DOWN of its own", () => {
  simulate(function* main(self: Watching) {
    const pid = self.spawn(until, "bye");
    const [one, two] = [self.monitor(pid), self.monitor(pid)];
    expect(one).not.toBe(two);
    self.send(pid, "stop");
    const told = yield* downs(self);
    expect(told).toHaveLength(2);
    expect(told).toContainEqual([one, pid, "bye"]);
    expect(told).toContainEqual([two, pid, "bye"]);
  }, seeds);
});

test("D2 a monitor of a dead pid or an unused name says noproc at once", () => {
  simulate(function* main(self: Watching) {
    const [pid] = self.spawnMonitor(function* child(): Process {});
    yield* self.receive({ DOWN: () => {} });
    const dead = self.monitor(pid);
    expect(yield* downs(self)).toEqual([[dead, pid, "noproc"]]);
    const named = self.monitor("no_such_name");
    const object = ["no_such_name", "nonode@nohost"];
    expect(yield* downs(self)).toEqual([[named, object, "noproc"]]);
  }, seeds);
});

test("D3 a monitor goes one way: the watcher's death does not hurt the watched", () => {
  simulate(function* main(self: Watching) {
    const pid = self.spawn(until, "bye");
    const [watcher] = self.spawnMonitor(function* watcher(
      me: Self<never>,
    ): Process {
      me.monitor(pid);
      me.exit("boom");
    });
    expect((yield* downs(self))[0]?.[1]).toBe(watcher);
    expect(isProcessAlive(pid)).toBe(true);
    expect(processInfo(pid)?.monitoredBy).toEqual([]);
  }, seeds);
});

test("D4 demonitor with flush leaves nothing behind, whenever the process dies", () => {
  simulate(
    function* main(self: Watching) {
      const pid = self.spawn(until, "bye");
      const ref = self.monitor(pid);
      self.send(pid, "stop");
      for (let i = 0; i < 3; i++) yield* self.yield();
      self.demonitor(ref, { flush: true });
      expect(yield* downs(self)).toEqual([]);
    },
    { schedules: 200 },
  );
});

test("D4 demonitor without flush leaves a DOWN that is there already", () => {
  simulate(function* main(self: Watching) {
    const pid = self.spawn(until, "bye");
    const ref = self.monitor(pid);
    self.send(pid, "stop");
    yield* self.sleep(10);
    expect(self.demonitor(ref, { info: true })).toBe(false);
    expect(yield* downs(self)).toEqual([[ref, pid, "bye"]]);
  }, seeds);
});

test("D5 spawnMonitor is told killed after a kill, and the error after an error", () => {
  simulate(function* main(self: Watching) {
    const [victim, killed] = self.spawnMonitor(until, "bye");
    self.sendExit(victim, "kill");
    expect(yield* downs(self)).toEqual([[killed, victim, "killed"]]);
    const oops = new Error("oops");
    const [pid, ref] = self.spawnMonitor(function* child(): Process {
      throw oops;
    });
    expect(yield* downs(self)).toEqual([[ref, pid, oops]]);
  }, seeds);
});

/** The reasons that a monitor is told over a hundred interleavings. */
function reasonsToldTo(watch: (self: Watching) => Step<unknown>): unknown[] {
  const reasons = new Set<unknown>();
  for (let seed = 1; seed <= 100; seed++) {
    simulate(
      function* main(self: Watching) {
        yield* watch(self);
        reasons.add(yield* self.receive({ DOWN: (_r, _t, _p, why) => why }));
      },
      { seed },
    );
  }
  return [...reasons].sort();
}

test("D7 spawn and a monitor later is a race; spawnMonitor never is", () => {
  function* brief(): Process {}
  const inTwoSteps = reasonsToldTo(function* later(self) {
    const pid = self.spawn(brief);
    yield* self.yield();
    self.monitor(pid);
  });
  expect(inTwoSteps).toEqual(["noproc", "normal"]);
  const inOne = reasonsToldTo(function* atOnce(self) {
    self.spawnMonitor(brief);
    yield* self.yield();
  });
  expect(inOne).toEqual(["normal"]);
});

test("a monitor of oneself creates nothing, and a monitor of a number is a badarg", () => {
  simulate(function* main(self: Watching) {
    self.monitor(self.pid);
    expect(processInfo(self.pid)?.monitors).toEqual([]);
    expect(() => self.monitor(3 as never)).toThrow();
    expect(() => self.demonitor(3 as never)).toThrow(/no reference/);
    yield* self.yield();
  }, seeds);
});

test("a name on a node that nobody knows is answered with noconnection, as in erl", () => {
  let reason: unknown;
  simulate(function* main(self: Self<DownMessage>) {
    self.monitor(["bob", "b@nowhere"]);
    reason = yield* self.receive({ DOWN: (...down) => down[3] });
  });
  expect(reason).toBe("noconnection");
});
