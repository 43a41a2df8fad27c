import { expect, test } from "vitest";
import {
  type ChildSpec,
  type DownMessage,
  Exit,
  type ExitMessage,
  type GenServer,
  genServer,
  isProcessAlive,
  type Pid,
  type Process,
  processInfo,
  type Self,
  type Step,
  type SupervisorFlags,
  supervisor,
} from "#runtime";
import { simulate } from "#runtime/testing";

// Rules 13 to 19 of the twenty: those about gen_server and supervisor.

const seeds = { schedules: 20 };
type Me = Self<DownMessage | ExitMessage>;

interface Recording {
  readonly call: { slow(): "late"; die(): never; log(): string[] };
  readonly cast: { note(text: string): void };
  readonly info: never;
}

/** A server that writes down what it does in `log`. */
function recorder(
  log: string[],
  start: "ok" | "stop" | "trap" = "ok",
): GenServer<Recording, string[]> {
  return {
    init(self) {
      if (start === "stop") return ["stop", "why"];
      self.trapExit(start === "trap");
      return ["ok", log, ["continue", "setup"]];
    },
    handleContinue(_self, state) {
      state.push("continue");
      return ["noreply", state];
    },
    handleCall: {
      *slow(self, state) {
        yield* self.sleep(150);
        return ["reply", "late", state];
      },
      die: () => {
        throw new Exit("boom");
      },
      log: (_self, state) => ["reply", [...state], state],
    },
    handleCast: {
      note(_self, state, text) {
        state.push(text);
        return ["noreply", state];
      },
    },
    terminate: (_self, reason) => void log.push(`terminate ${reason}`),
  };
}

function* started(self: Self<never>, server: GenServer<Recording, string[]>) {
  const result = yield* genServer.start(self, server, []);
  if (result === "ignore" || result[0] !== "ok") throw new Exit(result);
  return result[1];
}

/** The reason with which a step exits, or what it gives. */
function* exitOf(step: Step<unknown>): Step<unknown> {
  try {
    return yield* step;
  } catch (caught) {
    return caught instanceof Exit ? caught.reason : caught;
  }
}

test("rule 13: a call's time-out leaves the server running, and the late reply is dropped", () => {
  simulate(function* main(self: Self<never>) {
    const server = yield* started(self, recorder([]));
    const why = yield* exitOf(genServer.call(self, server, "slow", 50));
    const call = ["gen_server", "call", [server, "slow", 50]];
    expect(why).toEqual(["timeout", call]);
    yield* self.sleep(250);
    expect(isProcessAlive(server)).toBe(true);
    expect(processInfo(self.pid)?.messageQueueLength).toBe(0);
  }, seeds);
});

test("rule 14: a call to a server that dies exits with the server's reason; a cast never fails", () => {
  simulate(function* main(self: Self<never>) {
    const server = yield* started(self, recorder([]));
    const call = ["gen_server", "call", [server, "die"]];
    const first = yield* exitOf(genServer.call(self, server, "die"));
    expect(first).toEqual(["boom", call]);
    const second = yield* exitOf(genServer.call(self, server, "die"));
    expect(second).toEqual(["noproc", call]);
    genServer.cast(self, server, ["note", "x"]);
    expect(isProcessAlive(server)).toBe(false);
  }, seeds);
});

test("rule 15: a stop in init kills a starter that does not trap; continue comes before every message", () => {
  simulate(function* main(self: Me) {
    self.spawnMonitor(function* starter(me: Self<never>): Process {
      yield* genServer.startLink(me, recorder([], "stop"), []);
      me.exit("survived");
    });
    const why = yield* self.receive({ DOWN: (_r, _t, _p, w) => w });
    expect(why).toBe("why");
    const server = yield* started(self as never, recorder([]));
    genServer.cast(self, server, ["note", "cast"]);
    const log = yield* genServer.call(self, server, "log");
    expect(log).toEqual(["continue", "cast"]);
  }, seeds);
});

test("rule 16: terminate does not run on a parent's exit without trapExit, and never on a kill", () => {
  simulate(function* main(self: Me) {
    self.trapExit(true);
    const cases = [
      ["ok", "shutdown", ["continue"]],
      ["trap", "shutdown", ["continue", "terminate shutdown"]],
      ["trap", "kill", ["continue"]],
    ] as const;
    for (const [start, reason, expected] of cases) {
      const log: string[] = [];
      const server = recorder(log, start);
      const result = yield* genServer.startLink(self, server, []);
      const pid = (result as readonly unknown[])[1] as Pid;
      yield* self.sleep(10);
      self.sendExit(pid, reason);
      yield* self.receive({ EXIT: () => {} });
      expect(log).toEqual(expected);
    }
  }, seeds);
});

type Child = Self<["die", unknown] | ExitMessage>;

function* worker(self: Child, id: string, log: string[]): Process {
  self.register(id);
  self.trapExit(true);
  yield* self.receive({
    die: (reason) => self.exit(reason),
    EXIT(_from, reason) {
      log.push(`stop ${id}`);
      self.exit(reason);
    },
  });
}

/** What happens to children a, b and c, and how long the supervisor lives. */
function supervised(
  flags: SupervisorFlags,
  act: (self: Me, supervisor: Pid) => Step<void>,
  spawn: "spawnLink" | "spawn" = "spawnLink",
): string[] {
  const log: string[] = [];
  simulate(
    function* main(self: Me) {
      self.trapExit(true);
      const children = ["a", "b", "c"].map(
        (id): ChildSpec => ({
          id,
          start(it) {
            log.push(`start ${id}`);
            return ["ok", it[spawn](worker, id, log)];
          },
        }),
      );
      const result = yield* supervisor.startLink(self, flags, children);
      const pid = (result as readonly unknown[])[1] as Pid;
      yield* self.sleep(1);
      log.push("--");
      yield* act(self, pid);
      yield* self.sleep(100);
      log.push(isProcessAlive(pid) ? "alive" : "ended");
    },
    { seed: 0 },
  );
  return log.slice(log.indexOf("--") + 1);
}

function* killB(self: Me): Step<void> {
  self.send("b", ["die", "boom"]);
  yield* self.sleep(10);
}

test("rule 17: children start in the list's order and stop in reverse", () => {
  const one = supervised({ strategy: "one_for_all" }, killB);
  const order = ["stop c", "stop a", "start a", "start b", "start c", "alive"];
  expect(one).toEqual(order);
  const rest = supervised({ strategy: "rest_for_one" }, killB);
  expect(rest).toEqual(["stop c", "start b", "start c", "alive"]);
  const stopped = supervised({}, function* act(self, pid) {
    self.sendExit(pid, "shutdown");
    yield* self.sleep(10);
  });
  expect(stopped).toEqual(["stop c", "stop b", "stop a", "ended"]);
});

test("rule 18: so many restarts as the intensity says are made, the next death ends it", () => {
  for (const intensity of [0, 1, 2]) {
    const log = supervised({ intensity }, function* act(self) {
      for (let i = 0; i <= intensity; i++) yield* killB(self);
    });
    const restarts = Array.from({ length: intensity }, () => "start b");
    expect(log).toEqual([...restarts, "stop c", "stop a", "ended"]);
  }
});

test("rule 19: a supervisor sees only exits of linked children, and ignores a stranger's signal", () => {
  expect(supervised({}, killB, "spawn")).toEqual(["alive"]);
  const log = supervised({}, function* act(self, pid) {
    self.spawn(function* stranger(me: Self<never>): Process {
      me.sendExit(pid, "boom");
    });
    yield* self.sleep(10);
  });
  expect(log).toEqual(["alive"]);
});
