import { expect, test } from "vitest";
import {
  after,
  type DownMessage,
  type Process,
  type RuntimeError,
  type Self,
  when,
} from "#runtime";
import { simulate } from "#runtime/testing";

const plain = { seed: 0 };
type Any = [tag: string, ...fields: unknown[]];

test("what takes all others is given any message whole: nothing, a number, a tuple called _", () => {
  simulate(function* main(self: Self<never>) {
    const message = { no: "tuple" };
    const all = [undefined, null, 7, message, "_", ["_", 1, 2], ["a", 1]];
    for (const one of all) {
      self.send(self.pid, one as never);
      expect(yield* self.receive({ _: (it) => it })).toBe(one);
    }
    // A generator, as under any other tag.
    self.send(self.pid, ["b", 2] as never);
    const got = yield* self.receive({
      *_(it: unknown) {
        yield* self.sleep(5);
        return ["slept", it];
      },
    });
    expect(got).toEqual(["slept", ["b", 2]]);
  }, plain);
});

test("a guard that throws ends its receive, time limit included", () => {
  const { elapsedMs } = simulate(function* main(self: Self<Any>) {
    self.sendAfter(10, self.pid, ["bad", undefined]);
    const bad = when(
      (field: unknown) => (field as number[]).length > 0,
      () => "never",
    );
    try {
      yield* self.receive({ bad }, after(30));
      expect.unreachable();
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(TypeError);
    }
    // Only its own limit counts, and the message is still there.
    expect(yield* self.receive({ other: () => 1 }, after(100))).toBe(undefined);
    expect(yield* self.receive()).toEqual(["bad", undefined]);
  }, plain);
  expect(elapsedMs).toBe(110);
});

/** What a body with a mistake in it is told. */
function complaint(body: (self: Self<Any>) => unknown): string {
  let message = "";
  simulate(function* main(self: Self<DownMessage>) {
    const [pid] = self.spawnMonitor(body as never);
    self.send(pid as never, ["pong", 1] as never);
    message = yield* self.receive({
      DOWN: (_r, _t, _p, why) => (why as RuntimeError).message,
    });
  }, plain);
  return message;
}

test.each([
  ["a call", undefined, "the clause pong is undefined and no function."],
  ["a called body", (function* () {})(), "the clause pong is a called body"],
  ["a value among alternatives", [5], "the clause pong is 5 and no function."],
])("%s in the place of a clause is told by its tag", (_, clause, says) => {
  const told = complaint(function* (self): Process {
    yield* self.receive({ pong: clause } as never);
  });
  expect(told).toContain(`self.receive: ${says}`);
  expect(told).toContain("put () => before the call: pong: () => …");
});

test.each([5_000, null, "soon"])(
  "a time limit of %j is told how one is written",
  (limit) => {
    const told = complaint(function* (self): Process {
      yield* self.receive({ other: () => {} }, limit as never);
    });
    expect(told).toContain(
      "is no time limit. Behind the clauses it is written",
    );
  },
);

test("what takes all others is a clause as well", () => {
  const told = complaint(function* (self): Process {
    yield* self.receive({ _: undefined } as never);
  });
  expect(told).toContain("the clause _ is undefined and no function.");
});

test.each([
  ["a receive", (self: Self<Any>) => self.receive()],
  ["a sleep", (self: Self<Any>) => self.sleep(5)],
  ["a wait", (self: Self<Any>) => self.wait(Promise.resolve())],
])(
  "a receive that was taken apart is told at %s, as a forgotten yield*",
  (_, next) => {
    const told = complaint(function* (self): Process {
      const [first] = self.receive({ other: () => {} });
      yield* next(self as Self<Any>);
      return first as never;
    });
    expect(told).toContain("waits already");
    expect(told).toContain("Either yield* is missing before a receive, or");
  },
);

test("a call that throws at once is not taken for one without yield*", () => {
  simulate(function* main(self: Self<"m">): Process {
    self.send(self.pid, "m");
    try {
      yield* self.wait(undefined as never);
      expect.unreachable();
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(TypeError);
    }
    expect(yield* self.receive()).toBe("m");
  }, plain);
});

test("a clause may have fewer parameters than its guard", () => {
  simulate(function* main(self: Self<["n", number, string]>) {
    self.send(self.pid, ["n", 5, "five"]);
    const big = when(
      (n: number) => n > 3,
      () => true,
    );
    expect(yield* self.receive({ n: big })).toBe(true);
  }, plain);
});

test("a self is no address, and the compiler says so too", () => {
  const told = complaint(function* (self): Process {
    // @ts-expect-error -- its pid is meant
    self.send(self, ["hello"]);
  });
  expect(told).toBe("send: self is no address. Write self.pid.");
});
