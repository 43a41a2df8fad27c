import { expect, test } from "vitest";
import { after, matching, type Ref, type Self, when } from "#runtime";
import { simulate } from "#runtime/testing";

type Term = [tag: string, ...fields: unknown[]];
const plain = { seed: 0, maxReductions: 2_000_000 };

/** How many messages a matching receive looks at, by counting its guard's calls. */
function counting() {
  const tally = { calls: 0 };
  const guard = when(
    (..._fields: unknown[]) => {
      tally.calls++;
      return true;
    },
    (...[, value]: unknown[]) => value,
  );
  return { tally, guard };
}

test("receive_SUITE: call_with_huge_message_queue skips what was there before the reference", () => {
  simulate(function* main(self: Self<Term>) {
    for (let n = 0; n < 100_000; n++) self.send(self.pid, ["other", n]);
    for (let n = 0; n < 100; n++) {
      const ref = self.makeRef();
      self.send(self.pid, ["reply", ref, n]);
      const { tally, guard } = counting();
      // A guard on every tag: had older messages been tried, it would count them.
      const clauses = matching<Term, unknown>(ref, {
        reply: guard,
        other: guard,
      });
      expect(yield* self.receive(clauses)).toBe(n);
      expect(tally.calls).toBe(1);
    }
    expect(yield* self.receive({ other: (n) => n })).toBe(0);
  }, plain);
});

test("receive_SUITE: receive_opt_exception does not hide later messages after a throw", () => {
  simulate(function* main(self: Self<Term>) {
    const failing = () => {
      self.makeRef();
      throw new Error("while a mark is set");
    };
    for (let n = 0; n < 10; n++) {
      self.send(self.pid, ["before", n]);
      expect(failing).toThrow("mark");
      expect(yield* self.receive({ before: (got) => got })).toBe(n);
      const ref = self.makeRef();
      self.send(self.pid, ["x", ref, n]);
      let caught: unknown;
      try {
        const thrown = () => {
          throw "in the clause";
        };
        yield* self.receive(matching<Term, unknown>(ref, { x: thrown }));
      } catch (value) {
        caught = value;
      }
      expect(caught).toBe("in the clause");
    }
    expect(yield* self.receive({ _: () => "left" }, after(0))).toBe(undefined);
  }, plain);
});

test("receive_SUITE: receive_opt_recursion finds the right message with marks nested", () => {
  simulate(function* main(self: Self<Term>) {
    function* ask(depth: number): Generator<never, unknown, unknown> {
      const ref = self.makeRef();
      self.send(self.pid, ["noise", depth]);
      if (depth > 0) yield* ask(depth - 1);
      self.send(self.pid, ["reply", ref, depth]);
      const found = { reply: (_ref: unknown, value: unknown) => value };
      const receive = self.receive(matching<Term, unknown>(ref, found));
      const got = yield* receive as Generator<never, unknown, unknown>;
      expect(got).toBe(depth);
      return got;
    }
    yield* ask(50);
    for (let depth = 50; depth >= 0; depth--) {
      expect(yield* self.receive({ noise: (n) => n })).toBe(depth);
    }
  }, plain);
});

test("receive_SUITE: erl_1199 finds the wanted message after being suspended many times", () => {
  simulate(
    function* main(self: Self<Term>) {
      for (let n = 0; n < 20; n++) {
        const parent = self.pid;
        self.spawn(function* noisy(me: Self<Term>) {
          for (let i = 0; i < 5; i++) {
            me.send(parent, ["noise", i]);
            yield* me.yield();
          }
          me.send(parent, ["wanted", n]);
        });
        expect(yield* self.receive({ wanted: (got) => got })).toBe(n);
        yield* self.receive({ noise: () => {} });
      }
    },
    { schedules: 10 },
  );
});

test("receive_SUITE: multi_recv_opt keeps several references quick before a huge queue", () => {
  simulate(function* main(self: Self<Term>) {
    for (let n = 0; n < 100_000; n++) self.send(self.pid, ["other", n]);
    for (let turn = 0; turn < 20; turn++) {
      const refs = [1, 2, 3, 4].map(() => self.makeRef());
      for (const ref of refs) self.send(self.pid, ["reply", ref, turn]);
      for (const [place, ref] of [...refs.entries()].reverse()) {
        const { tally, guard } = counting();
        const clauses = { reply: guard, other: guard };
        const taken = yield* self.receive(
          matching<Term, unknown>(ref, clauses),
        );
        expect([place, taken, tally.calls]).toEqual([place, turn, 1]);
      }
    }
  }, plain);
});

function* badLimit(self: Self<Term>, ref?: Ref) {
  const clauses = { never: () => {} };
  let code: unknown;
  try {
    const receive = ref ? matching<Term, void>(ref, clauses) : clauses;
    yield* self.receive(receive, after(-1));
  } catch (error) {
    code = (error as { code: unknown }).code;
  }
  return code;
}

test("receive_SUITE: gh_5235_missing_save_reset sees the first message after a bad time limit", () => {
  simulate(function* main(self: Self<Term>) {
    self.send(self.pid, ["first"]);
    self.send(self.pid, ["second"]);
    expect(yield* badLimit(self)).toBe("timeout_value");
    const clauses = { first: () => 1, second: () => 2 };
    expect(yield* self.receive(clauses)).toBe(1);
  }, plain);
});

test("receive_SUITE: gh_5235_recv_mark sees the first message after a bad limit with a reference", () => {
  simulate(function* main(self: Self<Term>) {
    self.send(self.pid, ["first"]);
    const ref = self.makeRef();
    self.send(self.pid, ["second", ref]);
    expect(yield* badLimit(self, ref)).toBe("timeout_value");
    const clauses = { first: () => 1, second: () => 2 };
    expect(yield* self.receive(clauses)).toBe(1);
    const second = { second: () => 2 };
    expect(yield* self.receive(matching<Term, number>(ref, second))).toBe(2);
  }, plain);
});
