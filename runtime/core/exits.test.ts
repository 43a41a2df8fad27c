import { expect, test } from "vitest";
import {
  createNode,
  type DownMessage,
  Exit,
  type Pid,
  type Process,
  type Self,
  steppedByHand,
} from "#runtime";
import { simulate } from "#runtime/testing";

const seeds = { schedules: 10 };
type Watching = Self<DownMessage>;

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
    const absent = undefined as unknown as { field: string };
    const wrong = yield* reasonOf(self, () => absent.field);
    expect(wrong).toBeInstanceOf(TypeError);
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

test("a chain of 100,000 links ends without overflowing the stack", () => {
  // Stepped by hand: a simulation would remember each of so many events.
  const node = createNode({ scheduler: steppedByHand });
  let ended: unknown;
  node.spawn(function* main(self: Watching) {
    function* member(me: Self<"stop">, left: number): Process {
      if (left > 0) me.spawnLink(member, left - 1);
      else me.exit("boom");
      return yield* idle(me);
    }
    const [, ref] = self.spawnMonitor(member, 100_000);
    ended = yield* self.receive({
      DOWN: (got, _t, _p, why) => got === ref && why,
    });
  });
  while (node.step());
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
