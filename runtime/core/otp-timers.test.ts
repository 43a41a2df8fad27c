import { expect, test } from "vitest";
import { after, type Process, processInfo, type Self } from "#runtime";
import { simulate } from "#runtime/testing";

type Term = [tag: string, ...fields: unknown[]];
const plain = { seed: 0 };
const badarg = expect.objectContaining({ code: "badarg" });

test("timer_bif_SUITE: start_timer_1 arrives in time, wrapped, and is over then", () => {
  const { elapsedMs } = simulate(function* main(self: Self<Term>) {
    const ref = self.startTimer(1_000, self.pid, ["payload"]);
    expect(yield* self.receive()).toEqual(["timeout", ref, ["payload"]]);
    expect([self.readTimer(ref), self.cancelTimer(ref)]).toEqual([
      false,
      false,
    ]);
    const early = self.startTimer(1_000, self.pid, "x");
    yield* self.sleep(400);
    expect(self.cancelTimer(early)).toBe(600);
  }, plain);
  expect(elapsedMs).toBe(1_400);
});

test("a timer that is cancelled leaves nothing behind with its receiver", () => {
  simulate(function* main(self: Self<Term>) {
    const inside = self as unknown as { cleanups?: Set<unknown> };
    const before = inside.cleanups?.size ?? 0;
    for (let i = 0; i < 100; i++) {
      expect(self.cancelTimer(self.sendAfter(60_000, self.pid, ["x"]))).toBe(
        60_000,
      );
    }
    expect(inside.cleanups?.size).toBe(before);
  }, plain);
});

test("timer_bif_SUITE: send_after_1 sends the plain message and is over then", () => {
  const { elapsedMs } = simulate(function* main(self: Self<Term>) {
    const ref = self.sendAfter(500, self.pid, ["plain"]);
    expect(self.readTimer(ref)).toBe(500);
    expect(yield* self.receive()).toEqual(["plain"]);
    expect(self.readTimer(ref)).toBe(false);
  }, plain);
  expect(elapsedMs).toBe(500);
});

test.each([
  ["send_after_big", 2 ** 31],
  ["start_timer_big", 2 ** 40],
])("timer_bif_SUITE: %s holds more than a JavaScript timer can", (name, ms) => {
  const { elapsedMs } = simulate(function* main(self: Self<Term>) {
    const ref =
      name === "send_after_big"
        ? self.sendAfter(ms, self.pid, ["x"])
        : self.startTimer(ms, self.pid, ["x"]);
    yield* self.sleep(1);
    expect(self.readTimer(ref)).toBe(ms - 1);
    yield* self.receive();
  }, plain);
  expect(elapsedMs).toBe(ms);
});

test.each([
  ["start_timer_e", "startTimer"],
  ["send_after_e", "sendAfter"],
] as const)(
  "timer_bif_SUITE: %s refuses wrong times and receivers",
  (_case, set) => {
    simulate(function* main(self: Self<Term>) {
      for (const ms of [-1, 4.5, 2 ** 60, Number.NaN, "1", undefined]) {
        const call = () => self[set](ms as never, self.pid as never, ["x"]);
        expect(call).toThrow(badarg);
      }
      expect(() => self[set](1, 17 as never, ["x"])).toThrow(badarg);
      yield* self.yield();
    });
  },
);

test.each([
  ["cancel_timer_e", "cancelTimer"],
  ["read_timer_trivial", "readTimer"],
] as const)(
  "timer_bif_SUITE: %s refuses what is no reference",
  (_case, call) => {
    simulate(function* main(self: Self<Term>) {
      for (const timer of [1, "ref", self.pid, undefined]) {
        expect(() => self[call](timer as never)).toThrow(badarg);
      }
      expect(self[call](self.makeRef())).toBe(false);
      yield* self.yield();
    });
  },
);

test("timer_bif_SUITE: cancel_timer_1 is false for a reference that is no timer", () => {
  simulate(function* main(self: Self<Term>) {
    expect(self.cancelTimer(self.makeRef())).toBe(false);
    const timer = self.sendAfter(10, self.pid, ["x"]);
    expect(self.cancelTimer(timer)).toBe(10);
    const none = self.receive(
      { x: () => "late" },
      after(50, () => "none"),
    );
    expect(yield* none).toBe("none");
  }, plain);
});

test("timer_bif_SUITE: cancel_timer_sync leaves nothing that could still arrive", () => {
  simulate(
    function* main(self: Self<Term>) {
      for (let n = 0; n < 20; n++) {
        const timer = self.sendAfter(n % 3, self.pid, ["tick", n]);
        yield* self.sleep(1);
        const left = self.cancelTimer(timer);
        const came = yield* self.receive(
          { tick: () => 1 },
          after(5, () => 0),
        );
        expect(came).toBe(left === false ? 1 : 0);
      }
    },
    { schedules: 10 },
  );
});

test.each(["read_timer", "read_timer_async"])(
  "timer_bif_SUITE: %s tells the time that is left",
  () => {
    simulate(function* main(self: Self<Term>) {
      const timer = self.sendAfter(100, self.pid, ["x"]);
      for (let left = 100; left > 0; left -= 25) {
        expect(self.readTimer(timer)).toBe(left);
        yield* self.sleep(25);
      }
      expect(self.readTimer(timer)).toBe(false);
    }, plain);
  },
);

test("timer_bif_SUITE: registered_process looks the name up when the timer fires", () => {
  simulate(function* main(self: Self<Term>) {
    self.startTimer(10, "named_later", "a");
    self.startTimer(30, "named_later", "b");
    self.startTimer(50, "named_later", "c");
    yield* self.sleep(20);
    self.register("named_later");
    yield* self.sleep(20);
    self.unregister("named_later");
    yield* self.sleep(20);
    const first = yield* self.receive({ timeout: (_ref, value) => value });
    expect(first).toBe("b");
    expect(processInfo(self.pid)?.messages).toEqual([]);
  }, plain);
});

test("timer_bif_SUITE: evil_timers of a process that ends are gone with it", () => {
  const { trace } = simulate(function* main(self: Self<Term>) {
    const big = Array.from({ length: 100 }, (_, n) => ({ n }));
    const pid = self.spawn(function* target(me: Self<Term>): Process {
      yield* me.receive({ stop: () => {} });
    });
    for (let n = 0; n < 200; n++) self.sendAfter(n + 10, pid, ["evil", big]);
    yield* self.sleep(50);
    self.sendExit(pid, "kill");
    yield* self.sleep(500);
  }, plain);
  const count = (kind: string) => trace.filter((e) => e.kind === kind).length;
  expect(count("timer-fired") + count("timer-cancelled")).toBe(200);
  expect(count("timer-fired")).toBeLessThan(60);
});

test.each([
  ["same_time_yielding", 0],
  ["same_time_yielding_with_cancel", 2],
  ["same_time_yielding_with_cancel_other", 3],
])(
  "timer_bif_SUITE: %s fires every timer of one moment, in order",
  (name, every) => {
    simulate(function* main(self: Self<Term>) {
      const timers = Array.from({ length: 10_000 }, (_, n) =>
        self.sendAfter(10, self.pid, ["tick", n]),
      );
      const cancelled = (n: number) => every > 0 && n % every === 0;
      const cancel = (by: Self<Term>) => {
        const some = timers.filter((_, n) => cancelled(n));
        const leftMs = some.map((timer) => by.cancelTimer(timer));
        expect(leftMs).toEqual(some.map(() => 10));
      };
      if (name.endsWith("other")) {
        self.spawn(function* other(me: Self<Term>): Process {
          cancel(me);
        });
      } else cancel(self);
      yield* self.sleep(20);
      const got = processInfo(self.pid)?.messages.map((m) => (m as Term)[1]);
      const all = timers.map((_, n) => n).filter((n) => !cancelled(n));
      expect(got).toEqual(all);
    }, plain);
  },
);

test("timer_bif_SUITE: auto_cancel_yielding takes ten thousand timers along with their process", () => {
  const { trace } = simulate(function* main(self: Self<Term>) {
    const pid = self.spawn(function* target(me: Self<Term>): Process {
      for (let n = 0; n < 10_000; n++) me.sendAfter(1_000, me.pid, ["x"]);
      yield* me.receive({ stop: () => {} });
    });
    yield* self.sleep(10);
    self.sendExit(pid, "kill");
    yield* self.sleep(2_000);
  }, plain);
  const count = (kind: string) => trace.filter((e) => e.kind === kind).length;
  expect([count("timer-cancelled"), count("timer-fired")]).toEqual([10_000, 0]);
});

test("timer_bif_SUITE: multizero_timeout_in_timeout fires zero timers set while one is handled", () => {
  const { elapsedMs } = simulate(function* main(self: Self<Term>) {
    self.sendAfter(10, self.pid, ["start"]);
    yield* self.receive({ start: () => {} });
    for (let n = 0; n < 100; n++) self.sendAfter(0, self.pid, ["zero", n]);
    for (let n = 0; n < 100; n++) {
      expect(yield* self.receive({ zero: (got) => got })).toBe(n);
    }
  }, plain);
  expect(elapsedMs).toBe(10);
});

test("a timer to a process that is dead is not set: false and false, as in erl", () => {
  let left: unknown;
  simulate(function* main(self: Self<never>) {
    const gone = self.spawn(function* gone() {});
    yield* self.sleep(1);
    const timer = self.sendAfter(1_000, gone, "x");
    left = [self.readTimer(timer), self.cancelTimer(timer)];
  });
  expect(left).toEqual([false, false]);
});
