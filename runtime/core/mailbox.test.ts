import { expect, test } from "vitest";
import {
  after,
  matching,
  type Pid,
  type Process,
  type Ref,
  type Self,
  when,
} from "#runtime";
import { simulate } from "#runtime/testing";

test("A1 messages from one process to another arrive in the order they were sent", () => {
  simulate(
    function* main(self: Self<["n", number]>) {
      self.spawn(function* sender(): Process {
        for (let n = 0; n < 100; n++) self.send(self.pid, ["n", n]);
      });
      for (let n = 0; n < 100; n++) {
        expect(yield* self.receive({ n: (got) => got })).toBe(n);
      }
    },
    { schedules: 20 },
  );
});

test("A2 two senders keep their own order, and their interleaving varies with the seed", () => {
  const seen = new Set<string>();
  for (let seed = 1; seed <= 20; seed++) {
    simulate(
      function* main(self: Self<["m", string, number]>) {
        for (const who of ["a", "b"]) {
          self.spawn(function* sender(me: Self<never>): Process {
            for (let n = 0; n < 5; n++) {
              me.send(self.pid, ["m", who, n]);
              yield* me.yield();
            }
          });
        }
        const got: [string, number][] = [];
        for (let i = 0; i < 10; i++) {
          got.push(
            yield* self.receive({ m: (who, n): [string, number] => [who, n] }),
          );
        }
        for (const who of ["a", "b"]) {
          const own = got.filter(([from]) => from === who).map(([, n]) => n);
          expect(own).toEqual([0, 1, 2, 3, 4]);
        }
        seen.add(got.map(([from]) => from).join(""));
      },
      { seed },
    );
  }
  expect(seen.size).toBeGreaterThan(1);
});

test("A4 a selective receive takes the first match and leaves the others in order", () => {
  type M = "a1" | "b1" | "a2" | "b2" | "c1";
  simulate(
    function* main(self: Self<M>) {
      for (const m of ["a1", "b1", "a2", "b2", "c1"] as const)
        self.send(self.pid, m);
      expect(yield* self.receive({ c1: () => "c1" })).toBe("c1");
      expect(yield* self.receive({ b2: () => "b2" })).toBe("b2");
      expect(yield* flush(self)).toEqual(["a1", "b1", "a2"]);
    },
    { seed: 0 },
  );
});

test("A5 tries each message against all clauses before the next message", () => {
  simulate(
    function* main(self: Self<"low" | "high">) {
      self.send(self.pid, "low");
      self.send(self.pid, "high");
      const took = yield* self.receive({
        high: () => "high",
        low: () => "low",
      });
      expect(took).toBe("low");
    },
    { seed: 0 },
  );
});

test("A7 after 0 looks through the whole mailbox first, then runs out at once", () => {
  simulate(
    function* main(self: Self<"a" | "b" | "c" | "nope">) {
      for (const m of ["a", "b", "c"] as const) self.send(self.pid, m);
      const none = after(0, () => "none");
      expect(yield* self.receive({ c: () => "found" }, none)).toBe("found");
      expect(yield* self.receive({ nope: () => "found" }, none)).toBe("none");
      expect(yield* flush(self)).toEqual(["a", "b"]);
    },
    { seed: 0 },
  );
});

test("A8 after 0 makes a priority receive", () => {
  type M = ["low" | "high", number];
  simulate(
    function* main(self: Self<M>) {
      for (const m of [
        ["low", 1],
        ["low", 2],
        ["high", 3],
      ] as M[])
        self.send(self.pid, m);
      const got: unknown[] = [];
      for (let i = 0; i < 3; i++) {
        const high = yield* self.receive({ high: (n) => n }, after(0));
        got.push(high ?? (yield* self.receive())[1]);
      }
      expect(got).toEqual([3, 1, 2]);
    },
    { seed: 0 },
  );
});

test("A9 arrivals that do not match do not start the clock again", () => {
  const { elapsedMs } = simulate(
    function* main(self: Self<"noise" | "wanted">) {
      for (let i = 1; i <= 5; i++) self.sendAfter(i * 40, self.pid, "noise");
      const got = yield* self.receive(
        { wanted: () => "wanted" },
        after(100, () => "timeout"),
      );
      expect(got).toBe("timeout");
      expect(yield* flush(self)).toEqual(["noise", "noise"]);
    },
    { seed: 0 },
  );
  expect(elapsedMs).toBe(100);
});

test("a time limit where the clauses belong is an error that says so", () => {
  simulate(
    function* main(self: Self<"hi">) {
      let error: unknown;
      try {
        yield* self.receive(after(100) as never);
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toMatchObject({
        code: "no_clauses",
        message: expect.stringContaining("self.receive({}, after(…))"),
      });
      // The next receive is a new one.
      expect(
        yield* self.receive(
          {},
          after(0, () => "none"),
        ),
      ).toBe("none");
    },
    { seed: 0 },
  );
});

test("A10 a bad time limit is timeout_value, and only if nothing matched", () => {
  simulate(
    function* main(self: Self<"hi">) {
      for (const ms of [-1, 1.5, Number.NaN, 2 ** 32]) {
        self.send(self.pid, "hi");
        expect(yield* self.receive({ hi: () => "hi" }, after(ms))).toBe("hi");
        let code: unknown;
        try {
          yield* self.receive({ hi: () => {} }, after(ms));
        } catch (error) {
          code = (error as { code: string }).code;
        }
        expect(code).toBe("timeout_value");
      }
      self.send(self.pid, "hi");
      yield* self.receive({ hi: () => {} }, after(Number.POSITIVE_INFINITY));
    },
    { seed: 0 },
  );
});

test("A11 a receive with only an after is a sleep and leaves the mailbox alone", () => {
  simulate(
    function* main(self: Self<"m">) {
      self.send(self.pid, "m");
      yield* self.sleep(10);
      expect(yield* flush(self)).toEqual(["m"]);
    },
    { seed: 0 },
  );
});

test("a guard that refuses leaves the message, and alternatives are tried in order", () => {
  simulate(
    function* main(self: Self<["n", number] | "end">) {
      self.send(self.pid, ["n", 1]);
      self.send(self.pid, ["n", 5]);
      const big = when(
        (n: number) => n > 3,
        (n: number) => n,
      );
      expect(yield* self.receive({ n: big })).toBe(5);
      expect(yield* self.receive({ n: [big, (n) => -n] })).toBe(-1);
    },
    { seed: 0 },
  );
});

test("a tag such as toString finds no clause that nobody wrote", () => {
  simulate(
    function* main(self: Self<"toString" | "constructor" | "end">) {
      for (const m of ["toString", "constructor", "end"] as const)
        self.send(self.pid, m);
      const clauses = { end: () => "end" } as never;
      expect(yield* self.receive(clauses)).toBe("end");
    },
    { seed: 0 },
  );
});

test("a generator clause is run as part of the receive, and may receive itself", () => {
  type M = ["open", number] | ["data", string];
  simulate(function* main(self: Self<M>) {
    self.send(self.pid, ["open", 2]);
    self.send(self.pid, ["data", "x"]);
    self.send(self.pid, ["data", "y"]);
    const all = yield* self.receive({
      *open(count) {
        const parts: string[] = [];
        while (parts.length < count) {
          parts.push(yield* self.receive({ data: (text) => text }));
        }
        return parts;
      },
    });
    expect(all).toEqual(["x", "y"]);
  });
});

test("receive_SUITE call_with_huge_message_queue: matching starts where the reference was made", () => {
  let guards = 0;
  type M = "junk" | ["reply", Ref, number];
  simulate(
    function* main(self: Self<M>) {
      for (let i = 0; i < 50_000; i++) self.send(self.pid, "junk");
      for (let i = 0; i < 100; i++) {
        const ref = self.makeRef();
        self.send(self.pid, ["reply", ref, i]);
        const counted = when(
          (_ref: Ref, _n: number) => ++guards > 0,
          (_: Ref, n: number) => n,
        );
        const reply = yield* self.receive(
          matching<M, number>(ref, { reply: counted }),
        );
        expect(reply).toBe(i);
      }
    },
    { seed: 0, maxReductions: 1_000_000 },
  );
  expect(guards).toBe(100);
});

function* flush<M>(self: Self<M>) {
  const all: M[] = [];
  for (;;) {
    const one = yield* self.receive({ _: (m: M) => [m] } as never, after(0));
    if (one === undefined) return all;
    all.push((one as [M])[0]);
  }
}

test("a pid accepts only what its process understands", () => {
  function* adder(self: Self<["add", number]>): Process {
    yield* self.receive({ add: () => {} });
  }
  simulate(function* main(self: Self<never>) {
    const pid: Pid<["add", number]> = self.spawn(adder);
    // @ts-expect-error -- "subtract" is not in the adder's protocol
    self.send(pid, ["subtract", 1]);
    self.send(pid, ["add", 1]);
    yield* self.yield();
  });
});
