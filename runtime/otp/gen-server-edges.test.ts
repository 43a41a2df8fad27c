import { expect, test } from "vitest";
import {
  type DownMessage,
  Exit,
  type GenServer,
  genServer,
  getState,
  type Self,
  type Server,
  type Step,
} from "#runtime";
import { simulate } from "#runtime/testing";

// What a random comparison with OTP 25 found: each was asked of erl.

interface Edge {
  call: { act(): unknown };
  info: DownMessage;
}
type Me = Self<DownMessage>;

/** A server that traps exits, answers `act` with `answer`, and keeps a log. */
function edge(log: unknown[], act: (self: Self<never>) => unknown) {
  return {
    init(self: Self<never>) {
      self.trapExit(true);
      return ["ok", 0];
    },
    handleCall: { act },
    handleInfo: {
      EXIT(_self: unknown, state: number, _from: unknown, reason: unknown) {
        log.push(["info", reason]);
        return ["noreply", state];
      },
    },
    terminate: (_self: unknown, reason: unknown) =>
      void log.push(["terminate", reason]),
  } as unknown as GenServer<Edge, number>;
}

function run<T>(main: (self: Me) => Step<T>): T {
  let result: T | undefined;
  simulate(function* all(self: Me) {
    result = yield* main(self);
  });
  return result as T;
}

function* exitOf(steps: Step<unknown>): Step<unknown> {
  try {
    return ["returned", yield* steps];
  } catch (thrown) {
    return thrown instanceof Exit ? thrown.reason : ["threw", thrown];
  }
}

test("a server whose callback ends it by a signal does not run terminate", () => {
  const log: unknown[] = [];
  const reason = run(function* main(self) {
    const server = edge(log, (it) => it.sendExit(it.pid, "kill"));
    const started = yield* genServer.startMonitor(self, server, []);
    const [pid] = started[1] as unknown as [Server<Edge>];
    yield* exitOf(genServer.call(self, pid, "act"));
    return yield* self.receive({ DOWN: (...down) => down[3] });
  });
  expect(reason).toBe("killed");
  expect(log).toEqual([]);
});

test("to stop oneself, or to ask oneself for the state, is calling_self", () => {
  const [stop, state] = run(function* main(self) {
    const me = self.pid as never as Server<Edge>;
    return [
      yield* exitOf(genServer.stop(self, me, "normal", 100)),
      yield* exitOf(getState(self, me)),
    ];
  });
  expect(stop).toEqual([
    "calling_self",
    ["sys", "terminate", [expect.anything(), "normal", 100]],
  ]);
  expect(state).toEqual([
    "calling_self",
    ["sys", "get_state", [expect.anything()]],
  ]);
});

test("the starter's signal ends a server of startMonitor, and not one of start", () => {
  const log: unknown[] = [];
  run(function* main(self) {
    const server = edge(log, () => ["reply", "ok", 0]);
    const watched = yield* genServer.startMonitor(self, server, []);
    const [pid] = watched[1] as unknown as [Server<Edge>];
    self.sendExit(pid, "bye");
    yield* self.receive({ DOWN: (...down) => void log.push(down[3]) });
    const alone = yield* genServer.start(self, server, []);
    self.sendExit(alone[1] as Server<Edge>, "bye");
    yield* genServer.call(self, alone[1] as Server<Edge>, "act");
  });
  expect(log).toEqual([["terminate", "bye"], "bye", ["info", "bye"]]);
});

test("an init that gives up its name and then stops says why it stopped", () => {
  const answer = run(function* main(self) {
    const server = {
      init(it: Self<never>) {
        it.unregister("edge");
        return ["stop", "why"];
      },
    } as never as GenServer<Edge, number>;
    return yield* genServer.start(self, server, [], { name: "edge" });
  });
  expect(answer).toEqual(["error", "why"]);
});

test.each([[["ok"]], [["ok", 1, 2, 3]], [["ok", 1, "soon"]]])(
  "init that answers %j has a bad return value",
  (answer) => {
    const started = run(function* main(self) {
      const server = { init: () => answer } as never as GenServer<Edge, number>;
      return yield* genServer.start(self, server, []);
    });
    expect(started).toEqual(["error", ["bad_return_value", answer]]);
  },
);

test.each([
  [["reply", 1, 0, 10, "more"]],
  [["reply", 1, 0, "soon"]],
  [["noreply", 0, Number.POSITIVE_INFINITY, "more"]],
  [["noreply", 0, -1]],
])("a callback that answers %j has a bad return value", (answer) => {
  const log: unknown[] = [];
  run(function* main(self) {
    const started = yield* genServer.start(
      self,
      edge(log, () => answer),
      [],
    );
    const pid = started[1] as Server<Edge>;
    yield* exitOf(genServer.call(self, pid, "act"));
  });
  expect(log).toEqual([["terminate", ["bad_return_value", answer]]]);
});
