import { expect, test } from "vitest";
import {
  after,
  type DownMessage,
  type ExitMessage,
  isProcessAlive,
  type Process,
  processInfo,
  RuntimeError,
  type Self,
  when,
} from "#runtime";
import { simulate } from "#runtime/testing";

const seeds = { schedules: 10 };

function* idle(self: Self<"stop">): Process {
  yield* self.receive({ stop: () => {} });
}

/** The code of the error that `run` throws, or what it gives. */
function outcome(run: () => unknown): unknown {
  try {
    return run();
  } catch (caught) {
    return (caught as RuntimeError).code;
  }
}

test("A3 a message and then an exit signal arrive in the order they were sent", () => {
  simulate(
    function* main(self: Self<["saw", unknown[]]>) {
      const target = self.spawn(function* target(
        me: Self<ExitMessage | "first" | "third">,
      ): Process {
        me.trapExit(true);
        const seen: unknown[] = [];
        for (let i = 0; i < 3; i++) {
          const one = yield* me.receive();
          seen.push(typeof one === "string" ? one : one[2]);
        }
        me.send(self.pid, ["saw", seen]);
      });
      // Traps before anything is under way to it.
      while (!processInfo(target)?.trapExit) yield* self.yield();
      self.send(target, "first");
      self.sendExit(target, "second");
      self.send(target, "third");
      const seen = yield* self.receive({ saw: (all) => all });
      expect(seen).toEqual(["first", "second", "third"]);
    },
    { schedules: 100 },
  );
});

test("A6 a new receive starts again at the oldest message", () => {
  simulate(function* main(self: Self<"a" | "b" | "c">) {
    for (const m of ["a", "b", "c"] as const) self.send(self.pid, m);
    yield* self.receive({ c: () => {} });
    const next = yield* self.receive({ b: () => "b", a: () => "a" });
    expect(next).toBe("a");
  }, seeds);
});

test("A12 a dead pid swallows a message silently", () => {
  simulate(function* main(self: Self<DownMessage>) {
    const [pid] = self.spawnMonitor(idle);
    self.send(pid, "stop");
    yield* self.receive({ DOWN: () => {} });
    expect(isProcessAlive(pid)).toBe(false);
    expect(outcome(() => self.send(pid, "stop"))).toBeUndefined();
  }, seeds);
});

test("A12 a dead pid keeps nothing of what it is sent, however often", () => {
  const { trace } = simulate(
    function* main(self: Self<DownMessage>) {
      const [pid] = self.spawnMonitor(idle);
      self.send(pid, "stop");
      yield* self.receive({ DOWN: () => {} });
      for (let i = 0; i < 100_000; i++) self.send(pid, "stop");
      expect(processInfo(pid)).toBeUndefined();
      expect((pid as { process?: unknown }).process).toBeUndefined();
    },
    { seed: 0 },
  );
  expect(trace.filter(({ kind }) => kind === "deliver")).toHaveLength(2);
});

test("A13 an unregistered local name is badarg; [name, node] is dropped", () => {
  simulate(function* main(self: Self<never>) {
    expect(outcome(() => self.send("no_such_name", "hi"))).toBe("badarg");
    for (const node of [self.node, "nobody@127.0.0.1"]) {
      const send = () => self.send(["no_such_name", node], "hi");
      expect(outcome(send)).toBeUndefined();
    }
    yield* self.yield();
  }, seeds);
});

test("A14 a number is no address, an unused text is no name, a stale reference is dropped", () => {
  simulate(function* main(self: Self<never>) {
    const number = 3 as unknown as string;
    expect(() => self.send(number, "hi")).toThrow(/3 is no address/);
    expect(outcome(() => self.send(number, "hi"))).toBe("badarg");
    expect(outcome(() => self.send("name", "hi"))).toBe("badarg");
    const stale = self.makeRef();
    expect(outcome(() => self.send(stale, "hi" as never))).toBeUndefined();
    yield* self.yield();
  }, seeds);
});

test("A15 shares the message: a listed divergence", () => {
  simulate(function* main(self: Self<["list", number[]]>) {
    const sent = [1, 2, 3];
    self.spawn(function* sender(me: Self<never>): Process {
      me.send(self.pid, ["list", sent]);
    });
    const got = yield* self.receive({ list: (list) => list });
    // BEAM would have copied it. Here a message must not be changed once sent.
    expect(got).toBe(sent);
  }, seeds);
});

test("A16 messages that nobody receives pile up, and the sender is not told", () => {
  simulate(
    function* main(self: Self<never>) {
      const pid = self.spawn(idle) as never;
      for (let n = 0; n < 1000; n++) self.send(pid, ["n", n]);
      yield* self.sleep(1);
      expect(processInfo(pid)?.messageQueueLength).toBe(1000);
    },
    { seed: 0 },
  );
});

test("A18 what a process sent before it died is in the mailbox before its DOWN", () => {
  simulate(
    function* main(self: Self<DownMessage | "last words">) {
      for (let i = 0; i < 20; i++) {
        self.spawnMonitor(function* child(me: Self<never>): Process {
          me.send(self.pid, "last words");
          me.exit("bye");
        });
        const first = yield* self.receive();
        const [second] = yield* self.receive();
        expect([first, second]).toEqual(["last words", "DOWN"]);
      }
    },
    { schedules: 200 },
  );
});

test("A19 a message that no clause took is tried again by every later receive", () => {
  simulate(
    function* main(self: Self<["junk", number] | "x">) {
      let tried = 0;
      const never = when(
        (_n: number) => ++tried < 0,
        () => {},
      );
      for (let n = 0; n < 1000; n++) self.send(self.pid, ["junk", n]);
      for (let i = 0; i < 5; i++) {
        self.send(self.pid, "x");
        yield* self.receive({ junk: never, x: () => {} });
      }
      expect(tried).toBe(5000);
    },
    { seed: 0 },
  );
});

test("A19 within one receive a message that was refused is not tried again", () => {
  simulate(
    function* main(self: Self<["junk", number] | "x">) {
      let tried = 0;
      const never = when(
        (_n: number) => ++tried < 0,
        () => {},
      );
      for (let n = 0; n < 100; n++) {
        self.send(self.pid, ["junk", n]);
        self.sendAfter(n, self.pid, ["junk", n]);
      }
      yield* self.receive({ junk: never, x: () => {} }, after(200));
      expect(tried).toBe(200);
    },
    { seed: 0 },
  );
});

test("an alias is an address of its process until it is taken back", () => {
  simulate(function* main(self: Self<"one" | "two">) {
    const alias = self.alias();
    self.send(alias, "one");
    expect(yield* self.receive()).toBe("one");
    expect(self.unalias(alias)).toBe(true);
    self.send(alias, "two");
    const none = yield* self.receive({ two: () => "two" }, after(50));
    expect(none).toBeUndefined();
    expect(() => self.unalias(3 as never)).toThrow(RuntimeError);
  }, seeds);
});
