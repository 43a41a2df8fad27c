import { expect, test } from "vitest";
import {
  type DownMessage,
  Exit,
  type ExitMessage,
  isProcessAlive,
  type Pid,
  type Process,
  RuntimeError,
  type Self,
} from "#runtime";
import { simulate } from "#runtime/testing";

const seeds = { schedules: 10 };
type Watching = Self<DownMessage | ExitMessage | "x">;

function* idle(self: Self<"stop">): Process {
  yield* self.receive({ stop: () => {} });
}

/** The reason that a monitor of a process with this body is told. */
function* reasonOf(self: Watching, body: () => unknown) {
  self.spawnMonitor(function* child(): Process {
    body();
  });
  return yield* self.receive({ DOWN: (_ref, _type, _pid, reason) => reason });
}

test("B1 a monitor is told why: normal, the exit's reason, the error, or nocatch", () => {
  const boom = new Error("boom");
  simulate(function* main(self: Watching) {
    expect(yield* reasonOf(self, () => 1)).toBe("normal");
    expect(yield* reasonOf(self, () => new Exit("unthrown"))).toBe("normal");
    const thrown = (value: unknown) => () => {
      throw value;
    };
    expect(yield* reasonOf(self, thrown(new Exit("bye")))).toBe("bye");
    expect(yield* reasonOf(self, thrown(boom))).toBe(boom);
    expect(yield* reasonOf(self, thrown("ball"))).toEqual(["nocatch", "ball"]);
  }, seeds);
});

test("Z errors and uncaught throws are reported; exits and kills are not", () => {
  const { reports } = simulate(
    function* main(self: Watching) {
      for (const value of [new Error("boom"), "ball", new Exit("quiet")]) {
        yield* reasonOf(self, () => {
          throw value;
        });
      }
      self.sendExit(self.spawn(idle), "kill");
    },
    { seed: 0 },
  );
  expect(reports.map((report) => report.kind)).toEqual(["crash", "crash"]);
});

test("C1 C2 a linked process dies of an abnormal end and not of a normal one", () => {
  simulate(function* main(self: Watching) {
    const parent = (reason: unknown) =>
      function* starter(me: Self<never>): Process {
        me.spawnLink(function* child(it: Self<never>): Process {
          it.exit(reason);
        });
        yield* me.sleep(50);
        me.exit("survived");
      };
    self.spawnMonitor(parent("normal"));
    const why = {
      DOWN: (_r: unknown, _t: unknown, _p: unknown, reason: unknown) => reason,
    };
    expect(yield* self.receive(why)).toBe("survived");
    self.spawnMonitor(parent("boom"));
    expect(yield* self.receive(why)).toBe("boom");
  }, seeds);
});

test("C4 a trapping process gets exit signals as messages, normal ones too", () => {
  simulate(function* main(self: Watching) {
    self.trapExit(true);
    for (const reason of ["normal", "boom"]) {
      const pid = self.spawnLink(function* child(it: Self<never>): Process {
        it.exit(reason);
      });
      const got = yield* self.receive({ EXIT: (from, why) => [from, why] });
      expect(got).toEqual([pid, reason]);
    }
  }, seeds);
});

test.each([
  ["normal", undefined, "normal"],
  ["shutdown", "shutdown", "shutdown"],
  ["boom", "boom", "boom"],
  ["kill", "killed", undefined],
  ["killed", "killed", "killed"],
])(
  "C6 C7 exit signal %s: kills with %s; if trapped arrives as %s",
  (reason, kills, message) => {
    simulate(function* main(self: Watching) {
      for (const traps of [false, true]) {
        const seen: unknown[] = [];
        const pid = self.spawn(function* target(
          me: Self<ExitMessage>,
        ): Process {
          me.trapExit(traps);
          seen.push("ready");
          yield* me.receive({ EXIT: (_from, why) => seen.push(why) });
          me.exit("done");
        });
        const ref = self.monitor(pid);
        while (!seen.includes("ready")) yield* self.sleep(1);
        self.sendExit(pid, reason);
        yield* self.sleep(20);
        expect(isProcessAlive(pid)).toBe(!traps && kills === undefined);
        if (traps) expect(seen[1]).toBe(message);
        self.demonitor(ref, { flush: true });
        if (isProcessAlive(pid)) self.sendExit(pid, "kill");
      }
    }, seeds);
  },
);

test("C8 exit(self(), normal) does end the caller", () => {
  simulate(function* main(self: Watching) {
    self.spawnMonitor(function* child(me: Self<never>): Process {
      me.sendExit(me.pid, "normal");
      me.exit("survived");
    });
    expect(yield* self.receive({ DOWN: (_r, _t, _p, why) => why })).toBe(
      "normal",
    );
  }, seeds);
});

test("C9 a kill reaches the linked ones as killed, which can be trapped", () => {
  simulate(function* main(self: Watching) {
    self.trapExit(true);
    const pid = self.spawnLink(idle);
    self.sendExit(pid, "kill");
    expect(yield* self.receive({ EXIT: (_from, why) => why })).toBe("killed");
  }, seeds);
});

test("C12 a link to a dead process is noproc: an error, or a message if trapping", () => {
  simulate(function* main(self: Watching) {
    const [pid] = self.spawnMonitor(function* child(): Process {});
    yield* self.receive({ DOWN: () => {} });
    expect(() => self.link(pid)).toThrow(RuntimeError);
    self.trapExit(true);
    self.link(pid);
    expect(yield* self.receive({ EXIT: (from, why) => [from, why] })).toEqual([
      pid,
      "noproc",
    ]);
  }, seeds);
});

test("C14 after unlink no exit of that link arrives", () => {
  simulate(function* main(self: Watching) {
    self.trapExit(true);
    const pid = self.spawnLink(idle);
    self.unlink(pid);
    self.send(pid, "stop");
    yield* self.sleep(50);
    self.send(self.pid, "x");
    expect(yield* self.receive()).toBe("x");
  }, seeds);
});

test("D1 D2 monitors stack, and of a dead process they say noproc at once", () => {
  simulate(function* main(self: Watching) {
    const pid = self.spawn(idle);
    const refs = [self.monitor(pid), self.monitor(pid)];
    self.send(pid, "stop");
    const told: unknown[] = [];
    for (let i = 0; i < 2; i++) {
      told.push(yield* self.receive({ DOWN: (ref) => ref }));
    }
    expect(new Set(told)).toEqual(new Set(refs));
    self.monitor("nobody");
    const named = yield* self.receive({
      DOWN: (_r, _t, who, why) => [who, why],
    });
    expect(named).toEqual([["nobody", "nonode@nohost"], "noproc"]);
  }, seeds);
});

test("E2 E3 a name is free before the DOWN arrives; mistakes are badarg", () => {
  simulate(function* main(self: Watching) {
    const pid = self.spawn(idle);
    self.register("bob", pid);
    expect(() => self.register("bob")).toThrow(/already/);
    expect(() => self.register("rob", pid)).toThrow(/already known/);
    expect(() => self.register("undefined")).toThrow(/no name/);
    expect(() => self.send("nobody", 1)).toThrow(/nobody/);
    self.send(["nobody", self.node], 1);
    self.monitor(pid);
    self.sendExit(pid, "kill");
    yield* self.receive({ DOWN: () => {} });
    expect(self.whereis("bob")).toBeUndefined();
  }, seeds);
});

test("F1 cancelTimer gives the milliseconds left, or false when it is too late", () => {
  simulate(
    function* main(self: Watching) {
      const timer = self.sendAfter(50, self.pid, "x");
      expect(self.cancelTimer(timer)).toBe(50);
      expect(self.cancelTimer(timer)).toBe(false);
      const late = self.sendAfter(10, self.pid, "x");
      yield* self.sleep(20);
      expect(self.cancelTimer(late)).toBe(false);
      expect(yield* self.receive()).toBe("x");
    },
    { seed: 0 },
  );
});

test("a chain of 100,000 links ends without overflowing the stack", () => {
  let ended: unknown;
  simulate(
    function* main(self: Watching) {
      function* member(me: Self<"stop">, left: number): Process {
        if (left > 0) me.spawnLink(member, left - 1);
        else me.exit("boom");
        return yield* idle(me);
      }
      const [, ref] = self.spawnMonitor(member, 100_000);
      ended = yield* self.receive({
        DOWN: (got, _t, _p, why) => got === ref && why,
      });
    },
    { seed: 0, maxReductions: 1_000_000 },
  );
  expect(ended).toBe("boom");
});

test("tail calls run in constant space for a million turns", () => {
  let turns = 0;
  simulate(
    function* main(): Process {
      turns++;
      if (turns < 1_000_000) return main();
    },
    { seed: 0 },
  );
  expect(turns).toBe(1_000_000);
});

test("a forgotten yield* is an error that names the call", () => {
  simulate(
    function* main(self: Watching) {
      self.spawnMonitor(function* child(me: Self<"go">): Process {
        me.receive({ go: () => {} });
      });
      const reason = yield* self.receive({ DOWN: (_r, _t, _p, why) => why });
      expect(String(reason)).toMatch(
        /self\.receive\(\{ go \}\) without yield\*/,
      );
    },
    { seed: 0 },
  );
});

test("a deadlock, a storm and a failure each say what happened and with which seed", () => {
  const deadlock = () =>
    simulate(function* main(self: Self<"x">) {
      yield* self.receive({ x: () => {} });
    });
  expect(deadlock).toThrow(/still waits for "x"[\s\S]*seed 1/);
  const storm = () =>
    simulate(
      function* main(): Process {
        return main();
      },
      { maxReductions: 100 },
    );
  expect(storm).toThrow(/Still busy after 100 steps/);
  const pid = undefined as unknown as Pid;
  const failure = () =>
    simulate(
      function* main(self: Self<never>) {
        self.link(pid);
        yield* self.yield();
      },
      { seed: 7 },
    );
  expect(failure).toThrow(/is not a pid[\s\S]*seed 7/);
});
