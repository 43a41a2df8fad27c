import { expect, test } from "vitest";
import { after } from "../core/clauses.ts";
import type { Process, Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Self } from "../core/self.ts";
import { isProcessAlive } from "../core/world.ts";
import { simulate } from "../testing/simulate.ts";
import {
  type ChildSpec,
  type GenServer,
  genServer,
  supervisor,
} from "./index.ts";
import { loggingChild, startLogging } from "./logging-child.ts";
import { ok } from "./outcome.ts";

// The experiments on real Erlang, re-enacted: children and their specs.

const many = { schedules: 25 };
type Me = Self<["EXIT", Pid, unknown] | ["DOWN", ...unknown[]]>;

const started = (...ids: string[]) => ids.map((id) => ["start", id]);
const stopped = (...ids: string[]) => ids.map((id) => ["stop", id, "shutdown"]);

function* written(self: Me, log: unknown[]): Step<unknown[]> {
  yield* self.sleep(100);
  return log.splice(0);
}

/** A child that ends when asked, tidies up first, or does not listen at all. */
function* willing(self: Self<unknown>): Process {
  yield* self.receive();
}
function* stubborn(self: Self<unknown>): Process {
  self.trapExit(true);
  for (;;) yield* self.receive();
}

test("S10 shutdownMs is how long a child may take before it is killed", () => {
  const ending = (
    start: ChildSpec["start"],
    shutdownMs: number | "brutal_kill",
  ) => {
    let seen: unknown;
    simulate(function* main(self: Me) {
      self.trapExit(true);
      const top = ok(
        yield* supervisor.startLink(self, {}, [{ id: "a", start, shutdownMs }]),
      );
      yield* self.sleep(20);
      const [child] = yield* supervisor.whichChildren(self, top);
      self.monitor(child?.[1] as Pid);
      self.sendExit(top, "shutdown");
      const reason = yield* self.receive({ DOWN: (...end) => end[3] });
      yield* self.receive({ EXIT: () => {} });
      seen = reason;
    }, many);
    return seen;
  };
  const log: unknown[] = [];
  const plain: ChildSpec["start"] = (it) => ["ok", it.spawnLink(willing)];
  const deaf: ChildSpec["start"] = (it) => ["ok", it.spawnLink(stubborn)];
  const tidy: ChildSpec["start"] = (it) => startLogging(it, "a", log);
  expect(ending(plain, 5_000)).toBe("shutdown");
  expect(ending(tidy, 5_000)).toBe("shutdown");
  expect(log.splice(0)).toContainEqual(["stop", "a", "shutdown"]);
  expect(ending(deaf, 200)).toBe("killed");
  expect(ending(deaf, "brutal_kill")).toBe("killed");
  expect(ending(tidy, "brutal_kill")).toBe("killed");
  expect(log).not.toContainEqual(["stop", "a", "shutdown"]);
});

test("S10 a stubborn child holds up the stop for as long as its spec allows", () => {
  const run = simulate(function* main(self: Me) {
    self.trapExit(true);
    const deaf: ChildSpec = {
      id: "a",
      shutdownMs: 200,
      start: (it) => ["ok", it.spawnLink(stubborn)],
    };
    const top = ok(yield* supervisor.startLink(self, {}, [deaf]));
    yield* self.sleep(1);
    self.sendExit(top, "shutdown");
    yield* self.receive({ EXIT: () => {} });
  }, many);
  expect(run.elapsedMs).toBe(201);
});

const refusing: GenServer<object, number> = { init: () => ["stop", "why"] };

test("S11 a child that cannot start stops those before it, and is named with its reason", () => {
  const boom = new Error("boom");
  const cases: [ChildSpec["start"], unknown][] = [
    [() => ["error", "why"], "why"],
    [(it) => genServer.startLink(it, refusing, []), "why"],
    [
      () => {
        throw boom;
      },
      ["EXIT", boom],
    ],
    [() => ["junk"] as never, ["junk"]],
  ];
  for (const [start, reason] of cases) {
    simulate(function* main(self: Me) {
      const log: unknown[] = [];
      self.trapExit(true);
      const result = yield* supervisor.startLink(self, {}, [
        loggingChild("a", log),
        { id: "bad", start },
        loggingChild("c", log),
      ]);
      const why = ["shutdown", ["failed_to_start_child", "bad", reason]];
      expect(result).toEqual(["error", why]);
      expect(log).toEqual([...started("a"), ...stopped("a")]);
      const exit = yield* self.receive({ EXIT: (_from, end) => end });
      expect(exit).toEqual(why);
    }, many);
  }
});

test("S12 a child that says ignore stays listed without a pid", () => {
  simulate(function* main(self: Me) {
    const ignoring: ChildSpec = { id: "ig", start: () => "ignore" };
    const children = [ignoring, loggingChild("b", [])];
    const top = ok(yield* supervisor.startLink(self, {}, children));
    expect(yield* supervisor.whichChildren(self, top)).toEqual([
      ["b", expect.anything(), "worker"],
      ["ig", undefined, "worker"],
    ]);
    const counts = { specs: 2, active: 1, supervisors: 0, workers: 2 };
    expect(yield* supervisor.countChildren(self, top)).toEqual(counts);
    yield* genServer.stop(self, top);
  });
});

test("S14 a supervisor sees the exits of linked children and nothing else", () => {
  simulate(function* main(self: Me) {
    let starts = 0;
    const unlinked: ChildSpec = {
      id: "unlinked",
      start(it) {
        starts++;
        return ["ok", it.spawn(willing)];
      },
    };
    const top = ok(yield* supervisor.startLink(self, {}, [unlinked]));
    const [before] = yield* supervisor.whichChildren(self, top);
    const pid = before?.[1] as Pid;
    self.sendExit(pid, "boom");
    yield* self.sleep(50);
    expect(isProcessAlive(pid)).toBe(false);
    expect(starts).toBe(1);
    expect(yield* supervisor.whichChildren(self, top)).toEqual([before]);
  }, many);
});

test("S15 start, terminate, restart and delete answer as they do in Erlang", () => {
  simulate(function* main(self: Me) {
    const { deleteChild, restartChild, startChild, terminateChild } =
      supervisor;
    const top = ok(yield* supervisor.startLink(self, {}, []));
    const a = loggingChild("a", []);
    const pid = expect.anything();
    const answers = [
      yield* startChild(self, top, a),
      yield* startChild(self, top, a),
      yield* deleteChild(self, top, "a"),
      yield* terminateChild(self, top, "a"),
      yield* terminateChild(self, top, "a"),
      yield* startChild(self, top, a),
      yield* restartChild(self, top, "a"),
      yield* restartChild(self, top, "a"),
      yield* terminateChild(self, top, "a"),
      yield* deleteChild(self, top, "a"),
      yield* deleteChild(self, top, "a"),
    ];
    expect(answers).toEqual([
      ["ok", pid],
      ["error", ["already_started", pid]],
      ["error", "running"],
      "ok",
      "ok",
      ["error", "already_present"],
      ["ok", pid],
      ["error", "running"],
      "ok",
      "ok",
      ["error", "not_found"],
    ]);
  }, many);
});

test("S19 a dynamic child is restarted with the arguments it was started with", () => {
  simulate(function* main(self: Me) {
    const log: unknown[] = [];
    self.trapExit(true);
    const any: ChildSpec = {
      id: "any",
      start: (it, id: string) => startLogging(it, id, log),
    };
    const strategy = "simple_one_for_one" as const;
    const flags = { strategy, intensity: 5, periodMs: 10_000 };
    const top = ok(yield* supervisor.startLink(self, flags, [any]));
    yield* supervisor.startChild(self, top, ["p"]);
    yield* supervisor.startChild(self, top, ["q"]);
    expect((yield* written(self, log)).sort()).toEqual(started("p", "q"));
    self.send("p", ["die", "boom"]);
    expect(yield* written(self, log)).toEqual(started("p"));
    expect(yield* supervisor.whichChildren(self, top)).toEqual([
      [undefined, expect.anything(), "worker"],
      [undefined, expect.anything(), "worker"],
    ]);
    self.sendExit(top, "shutdown");
    expect((yield* written(self, log)).sort()).toEqual(stopped("p", "q"));
  }, many);
});

test("S20 bad flags and bad specs refuse the start, each with its reason", () => {
  simulate(function* main(self: Me) {
    self.trapExit(true);
    const a = loggingChild("a", []);
    const cases: [object, unknown[], unknown][] = [
      [{ strategy: "one_for_none" }, [], ["invalid_strategy", "one_for_none"]],
      [{ intensity: -1 }, [], ["invalid_intensity", -1]],
      [{ periodMs: 0 }, [], ["invalid_period", 0]],
      [{}, [a, a], ["duplicate_child_name", "a"]],
      [{}, [{ id: "a" }], "missing_start"],
    ];
    for (const [flags, specs, why] of cases) {
      const result = yield* supervisor.startLink(self, flags, specs as []);
      const what = specs.length === 0 ? "supervisor_data" : "start_spec";
      expect(result).toEqual(["error", [what, why]]);
      yield* self.receive({ EXIT: () => {} }, after(10));
    }
  });
});

test("S21 what is not said has Erlang's defaults", () => {
  simulate(function* main(self: Me) {
    const log: unknown[] = [];
    const a = loggingChild("a", log);
    const top = ok(yield* supervisor.startLink(self, {}, [a]));
    expect(yield* supervisor.getChildSpec(self, top, "a")).toEqual([
      "ok",
      {
        id: "a",
        start: a.start,
        restart: "permanent",
        shutdownMs: 5_000,
        type: "worker",
        significant: false,
      },
    ]);
  });
});

test("S24 the next child starts when the one before has finished its init", () => {
  const log: unknown[] = [];
  const run = simulate(function* main(self: Me) {
    log.length = 0;
    const slow: GenServer<object, number> = {
      *init(it) {
        yield* it.sleep(100);
        log.push(["start", "slow"]);
        return ["ok", 0];
      },
    };
    const first: ChildSpec = {
      id: "slow",
      start: (it) => genServer.startLink(it, slow, []),
    };
    const children = [first, loggingChild("b", log)];
    ok(yield* supervisor.startLink(self, {}, children));
    yield* self.yield();
  }, many);
  expect(log[0]).toEqual(["start", "slow"]);
  expect(run.elapsedMs).toBe(100);
});
