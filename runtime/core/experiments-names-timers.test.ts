import { expect, test } from "vitest";
import {
  after,
  type DownMessage,
  type ExitMessage,
  type Process,
  processInfo,
  type RuntimeError,
  type Self,
  type TimeoutMessage,
} from "#runtime";
import { simulate } from "#runtime/testing";

const seeds = { schedules: 20 };
type M = DownMessage | ExitMessage | "ping" | TimeoutMessage<"msg">;

function* idle(self: Self<"stop">): Process {
  yield* self.receive({ stop: () => {} });
}

/** The code of the error that `run` throws; undefined if it throws none. */
function codeOf(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return (error as RuntimeError).code;
  }
}

test("E1 a name can be given, looked up, sent to and taken back", () => {
  simulate(function* main(self: Self<M>) {
    const [pid] = self.spawnMonitor(idle);
    expect(self.whereis("bob")).toBeUndefined();
    self.register("bob", pid);
    expect(self.whereis("bob")).toBe(pid);
    expect(processInfo(pid)?.registeredName).toBe("bob");
    self.unregister("bob");
    expect(self.whereis("bob")).toBeUndefined();
    expect(codeOf(() => self.unregister("bob"))).toBe("badarg");
    self.register("bob", pid);
    self.send("bob", "stop");
    yield* self.receive({ DOWN: () => {} });
  }, seeds);
});

test("E1 a name is looked up when the message is sent, not when it arrives", () => {
  simulate(function* main(self: Self<M>) {
    const pid = self.spawn(idle);
    self.register("bob", pid);
    self.monitor(pid);
    self.send("bob", "stop");
    self.unregister("bob");
    yield* self.receive({ DOWN: () => {} });
  }, seeds);
});

test("E2 a name taken, a process named, a dead pid and a reserved word are badarg", () => {
  simulate(function* main(self: Self<M>) {
    const [bob, other] = [self.spawn(idle), self.spawn(idle)];
    const [dead] = self.spawnMonitor(function* child(): Process {});
    yield* self.receive({ DOWN: () => {} });
    self.register("bob", bob);
    expect(codeOf(() => self.register("bob", other))).toBe("badarg");
    expect(codeOf(() => self.register("rob", bob))).toBe("badarg");
    expect(codeOf(() => self.register("rob", dead))).toBe("badarg");
    expect(codeOf(() => self.register("undefined", other))).toBe("badarg");
    expect(codeOf(() => self.register("rob", 3 as never))).toBe("badarg");
    expect(self.whereis("rob")).toBeUndefined();
    expect(() => self.register("bob", other)).toThrow(/has this name already/);
    expect(() => self.register("rob", bob)).toThrow(/already known as "bob"/);
    expect(() => self.register("undefined")).toThrow(/there is no name/);
  }, seeds);
});

test("E3 the name is free again before anybody hears of the death", () => {
  simulate(
    function* main(self: Self<M>) {
      self.trapExit(true);
      for (const listen of ["DOWN", "EXIT"] as const) {
        const pid = self.spawn(idle);
        self.register("bob", pid);
        if (listen === "DOWN") self.monitor(pid);
        else self.link(pid);
        self.send(pid, "stop");
        yield* self.receive({ [listen]: () => {} });
        expect(self.whereis("bob")).toBeUndefined();
        self.register("bob");
        self.unregister("bob");
      }
    },
    { schedules: 100 },
  );
});

test("F1 sendAfter, startTimer and cancelTimer do as Erlang's do", () => {
  simulate(function* main(self: Self<M>) {
    const cancelled = self.sendAfter(50, self.pid, "ping");
    yield* self.sleep(20);
    expect(self.readTimer(cancelled)).toBe(30);
    expect(self.cancelTimer(cancelled)).toBe(30);
    expect(yield* self.receive({ ping: () => 1 }, after(100))).toBeUndefined();
    const late = self.sendAfter(10, self.pid, "ping");
    yield* self.sleep(50);
    expect(self.cancelTimer(late)).toBe(false);
    expect(self.readTimer(late)).toBe(false);
    expect(yield* self.receive({ ping: () => 1 }, after(0))).toBe(1);
    const timer = self.startTimer(10, self.pid, "msg");
    const took = yield* self.receive({ timeout: (ref, text) => [ref, text] });
    expect(took).toEqual([timer, "msg"]);
    expect(self.cancelTimer(timer)).toBe(false);
  }, seeds);
});

test("F2 a timer to a name looks the name up when it fires, and drops what nobody takes", () => {
  simulate(function* main(self: Self<M>) {
    self.sendAfter(10, "nobody", "ping");
    self.sendAfter(20, "me", "ping");
    yield* self.sleep(15);
    self.register("me");
    yield* self.sleep(10);
    expect(processInfo(self.pid)?.messages).toEqual(["ping"]);
  }, seeds);
});

test("F3 a timer to a pid is cancelled when that process dies; its setter's death changes nothing", () => {
  simulate(function* main(self: Self<M>) {
    const [pid] = self.spawnMonitor(idle);
    const timer = self.sendAfter(50, pid, "stop");
    self.spawnMonitor(function* setter(me: Self<never>): Process {
      me.sendAfter(50, self.pid, "ping");
    });
    self.sendExit(pid, "kill");
    for (let i = 0; i < 2; i++) yield* self.receive({ DOWN: () => {} });
    expect(self.readTimer(timer)).toBe(false);
    expect(self.cancelTimer(timer)).toBe(false);
    expect(yield* self.receive({ ping: () => 1 }, after(100))).toBe(1);
  }, seeds);
});

test("timers of one moment fire in the order in which they were set", () => {
  simulate(
    function* main(self: Self<["n", number]>) {
      for (let n = 0; n < 100; n++) self.sendAfter(10, self.pid, ["n", n]);
      for (let n = 0; n < 100; n++) {
        expect(yield* self.receive({ n: (got) => got })).toBe(n);
      }
    },
    { seed: 0 },
  );
});

test("a timer with a bad time or a bad address is a badarg", () => {
  simulate(function* main(self: Self<M>) {
    for (const ms of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      const set = () => self.sendAfter(ms, self.pid, "ping");
      expect(codeOf(set)).toBe("badarg");
    }
    expect(codeOf(() => self.sendAfter(1, 3 as never, "x"))).toBe("badarg");
    expect(codeOf(() => self.cancelTimer(3 as never))).toBe("badarg");
    yield* self.yield();
  }, seeds);
});
