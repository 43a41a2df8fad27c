import { expect, test } from "vitest";
import type { ExitMessage, Step } from "../core/message.ts";
import type { Self } from "../core/self.ts";
import { simulate } from "../testing/simulate.ts";
import { type ChildSpec, genServer, supervisor } from "./index.ts";
import { loggingChild } from "./logging-child.ts";
import { ok } from "./outcome.ts";
import { scripted } from "./scripted-server.ts";
import type { Supervisor } from "./supervisor-protocol.ts";

const many = { schedules: 25 };
type Me = Self<ExitMessage>;
const dynamic = { strategy: "simple_one_for_one" } as const;
const pid = expect.anything();

const ignoring = (more: Partial<ChildSpec> = {}): ChildSpec => ({
  id: "ignoring",
  start: () => "ignore",
  ...more,
});

/** Runs with a supervisor that has these children, and stops it. */
function withChildren(
  children: ChildSpec[],
  body: (self: Me, top: Supervisor) => Step<void>,
  flags: Parameters<typeof supervisor.startLink>[1] = {},
) {
  simulate(function* main(self: Me) {
    self.trapExit(true);
    const top = ok(yield* supervisor.startLink(self, flags, children));
    yield* body(self, top);
    expect(yield* genServer.stop(self, top, "shutdown")).toBe("ok");
  }, many);
}

test("supervisor_SUITE: sup_start_normal an empty supervisor starts, and ends with shutdown", () => {
  simulate(function* main(self: Me) {
    self.trapExit(true);
    const top = ok(yield* supervisor.startLink(self, {}, []));
    self.sendExit(top, "shutdown");
    expect(yield* self.receive()).toEqual(["EXIT", top, "shutdown"]);
  }, many);
});

test("supervisor_SUITE: sup_start_ignore_child keeps the spec without a pid", () => {
  withChildren([], function* (self, top) {
    const { startChild } = supervisor;
    expect(yield* startChild(self, top, ignoring())).toEqual(["ok", undefined]);
    const other = loggingChild("b", []);
    expect(yield* startChild(self, top, other)).toEqual(["ok", pid]);
    expect(yield* supervisor.whichChildren(self, top)).toEqual([
      ["b", pid, "worker"],
      ["ignoring", undefined, "worker"],
    ]);
    const counts = yield* supervisor.countChildren(self, top);
    expect(counts).toMatchObject({ specs: 2, active: 1, workers: 2 });
  });
});

test("supervisor_SUITE: sup_start_ignore_temporary_child is not kept", () => {
  const children = [
    ignoring({ restart: "temporary" }),
    loggingChild("b", [], { restart: "temporary" }),
  ];
  withChildren(children, function* (self, top) {
    expect(yield* supervisor.whichChildren(self, top)).toEqual([
      ["b", pid, "worker"],
    ]);
  });
});

test("supervisor_SUITE: sup_start_ignore_temporary_child_start_child_simple and _permanent_ are not kept", () => {
  for (const restart of ["temporary", "permanent"] as const) {
    const body = function* (self: Me, top: Supervisor): Step<void> {
      const answer = yield* supervisor.startChild(self, top, []);
      expect(answer).toEqual(["ok", undefined]);
      expect(yield* supervisor.whichChildren(self, top)).toEqual([]);
      const counts = yield* supervisor.countChildren(self, top);
      expect(counts).toMatchObject({ specs: 1, active: 0, workers: 0 });
    };
    withChildren([ignoring({ restart })], body, dynamic);
  }
});

test("supervisor_SUITE: sup_start_fail the reason is in the answer and in the EXIT", () => {
  simulate(function* main(self: Me) {
    self.trapExit(true);
    const specs = [{ id: "none" }] as never;
    const reason = ["start_spec", "missing_start"];
    const answer = yield* supervisor.startLink(self, {}, specs);
    expect(answer).toEqual(["error", reason]);
    expect(yield* self.receive()).toEqual(["EXIT", pid, reason]);
  }, many);
});

const notStarting: [ChildSpec["start"], unknown][] = [
  [() => ["error", "an error"], "an error"],
  [() => "something else" as never, "something else"],
  [() => ["error", "two", "fields"] as never, ["error", "two", "fields"]],
];

test("supervisor_SUITE: sup_start_child_returns_error names the child, and forgets it", () => {
  for (const [start, reason] of notStarting) {
    withChildren([], function* (self, top) {
      const spec = { id: "bad", start };
      const answer = yield* supervisor.startChild(self, top, spec);
      expect(answer).toEqual(["error", [reason, "bad"]]);
      expect(yield* supervisor.whichChildren(self, top)).toEqual([]);
    });
  }
});

test("supervisor_SUITE: sup_start_child_returns_error_simple gives the plain reason", () => {
  for (const [start, reason] of notStarting) {
    const body = function* (self: Me, top: Supervisor): Step<void> {
      const answer = yield* supervisor.startChild(self, top, []);
      expect(answer).toEqual(["error", reason]);
      expect(yield* supervisor.whichChildren(self, top)).toEqual([]);
    };
    withChildren([{ id: "bad", start }], body, dynamic);
  }
});

test("supervisor_SUITE: sup_start_map fills in the defaults, a supervisor's too", () => {
  const worker = loggingChild("worker", []);
  const inner: ChildSpec = {
    id: "inner",
    type: "supervisor",
    start: (it) => supervisor.startLink(it, {}, []),
  };
  withChildren([worker, inner], function* (self, top) {
    const specOf = (id: string) => supervisor.getChildSpec(self, top, id);
    const full = { restart: "permanent", significant: false } as const;
    expect(yield* specOf("worker")).toEqual([
      "ok",
      { ...worker, ...full, shutdownMs: 5_000, type: "worker" },
    ]);
    expect(yield* specOf("inner")).toEqual([
      "ok",
      { ...inner, ...full, shutdownMs: "infinity" },
    ]);
    expect(yield* specOf("nobody")).toEqual(["error", "not_found"]);
  });
});

test("supervisor_SUITE: sup_start_map_faulty_specs refuses the start, but not for a key too many", () => {
  simulate(function* main(self: Me) {
    self.trapExit(true);
    const start = () => "ignore" as const;
    const faulty: [unknown, unknown][] = [
      [{ start }, "missing_id"],
      [{ id: "a" }, "missing_start"],
      ["no spec", ["invalid_child_spec", "no spec"]],
    ];
    for (const [spec, why] of faulty) {
      const specs = [spec] as ChildSpec[];
      const answer = yield* supervisor.startLink(self, {}, specs);
      expect(answer).toEqual(["error", ["start_spec", why]]);
      yield* self.receive();
    }
    const unknown = [{ id: "a", start, color: "red" }];
    ok(yield* supervisor.startLink(self, {}, unknown));
  }, many);
});

test("supervisor_SUITE: child_specs_map says what is wrong with a spec", () => {
  const start = () => "ignore" as const;
  const good = { id: "a", start };
  const both = (name: string, value: string) => [
    "bad_combination",
    [
      [name, value],
      ["significant", true],
    ],
  ];
  const faulty: [object, unknown][] = [
    [{ ...good, start: "no function" }, ["invalid_mfa", "no function"]],
    [{ ...good, restart: "x" }, ["invalid_restart_type", "x"]],
    [{ ...good, shutdownMs: -1 }, ["invalid_shutdown", -1]],
    [{ ...good, shutdownMs: "brutal" }, ["invalid_shutdown", "brutal"]],
    [{ ...good, type: "x" }, ["invalid_child_type", "x"]],
    [{ ...good, significant: "maybe" }, ["invalid_significant", "maybe"]],
    [{ ...good, significant: true }, both("restart", "permanent")],
  ];
  const { checkChildSpecs } = supervisor;
  for (const [spec, why] of faulty) {
    expect(checkChildSpecs([spec as ChildSpec])).toEqual(["error", why]);
  }
  const twice = checkChildSpecs([good, good]);
  expect(twice).toEqual(["error", ["duplicate_child_name", "a"]]);
  for (const shutdownMs of [0, 5_000, "brutal_kill", "infinity"] as const) {
    expect(checkChildSpecs([{ ...good, shutdownMs }])).toBe("ok");
  }
  const restart = "transient";
  const significant = { ...good, restart, significant: true } as const;
  expect(checkChildSpecs([significant])).toBe("ok");
  expect(checkChildSpecs([significant], "any_significant")).toBe("ok");
  const never = checkChildSpecs([significant], "never");
  expect(never).toEqual(["error", both("auto_shutdown", "never")]);
});

test("supervisor_SUITE: sup_flags are checked before anything starts", () => {
  simulate(function* main(self: Me) {
    self.trapExit(true);
    const faulty: [object, unknown][] = [
      [{ strategy: "none" }, ["invalid_strategy", "none"]],
      [{ intensity: -1 }, ["invalid_intensity", -1]],
      [{ intensity: 1.5 }, ["invalid_intensity", 1.5]],
      [{ periodMs: 0 }, ["invalid_period", 0]],
      [{ periodMs: "5" }, ["invalid_period", "5"]],
      [{ autoShutdown: "x" }, ["invalid_auto_shutdown", "x"]],
    ];
    for (const [flags, why] of faulty) {
      const answer = yield* supervisor.startLink(self, flags, []);
      expect(answer).toEqual(["error", ["supervisor_data", why]]);
      yield* self.receive();
    }
    const none = yield* supervisor.startLink(self, dynamic, []);
    expect(none).toEqual(["error", ["bad_start_spec", []]]);
  }, many);
});

test("supervisor_SUITE: extra_return what start says behind the pid is handed on", () => {
  const noisy: ChildSpec = {
    id: "noisy",
    *start(it) {
      const child = ok(yield* genServer.startLink(it, scripted(), []));
      return ["ok", child, "extra"];
    },
  };
  withChildren([noisy], function* (self, top) {
    const { deleteChild, restartChild, startChild, terminateChild } =
      supervisor;
    expect(yield* supervisor.whichChildren(self, top)).toEqual([
      ["noisy", pid, "worker"],
    ]);
    yield* terminateChild(self, top, "noisy");
    const again = yield* restartChild(self, top, "noisy");
    expect(again).toEqual(["ok", pid, "extra"]);
    yield* terminateChild(self, top, "noisy");
    yield* deleteChild(self, top, "noisy");
    const anew = yield* startChild(self, top, noisy);
    expect(anew).toEqual(["ok", pid, "extra"]);
  });
});
