import { expect, test } from "vitest";
import { after } from "../core/clauses.ts";
import type { ExitMessage, Process, Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Self } from "../core/self.ts";
import { simulate } from "../testing/simulate.ts";
import { genServer } from "./index.ts";
import { ok, outcome } from "./outcome.ts";
import {
  type Script,
  type ScriptedServer,
  scripted,
} from "./scripted-server.ts";

// The experiments on real Erlang, re-enacted: how a server starts and ends.

const many = { schedules: 25 };
const boom = new Error("boom");
type Me = Self<ExitMessage | unknown>;

/** The messages that have come by the time nothing more is under way. */
function* messages(self: Me): Step<unknown[]> {
  yield* self.sleep(1_000);
  const all: unknown[] = [];
  for (;;) {
    const next = yield* self.receive(
      { _: (message: unknown) => message },
      after(0),
    );
    if (next === undefined) return all;
    all.push(next);
  }
}

const reasons = (all: unknown[]) =>
  all.map((message) => (message as unknown[])[2]);

/** What start and startLink answer, and the EXIT messages of the latter. */
function startsOf(init: Script["init"]): unknown {
  let seen: unknown;
  simulate(function* main(self: Me) {
    self.trapExit(true);
    const linked = yield* genServer.startLink(self, scripted([], { init }), []);
    const exits = reasons(yield* messages(self));
    const bare = yield* genServer.start(self, scripted([], { init }), []);
    expect(yield* messages(self)).toEqual([]);
    seen = { linked, exits, bare };
  }, many);
  return seen;
}

test("G7 what init says is what start answers; a linked starter gets the EXIT too", () => {
  const failed = (reason: unknown) => ({
    linked: ["error", reason],
    exits: [reason],
    bare: ["error", reason],
  });
  expect(startsOf(() => ["stop", "why"])).toEqual(failed("why"));
  expect(startsOf((self) => self.exit("why"))).toEqual(failed("why"));
  const throws = () => {
    throw boom;
  };
  expect(startsOf(throws)).toEqual(failed(boom));
  const bad = ["bad_return_value", "nonsense"];
  expect(startsOf(() => "nonsense" as never)).toEqual(failed(bad));
  expect(startsOf(() => "ignore")).toEqual({
    linked: "ignore",
    exits: ["normal"],
    bare: "ignore",
  });
});

test("G8 a starter that does not trap dies with a server whose init stops", () => {
  simulate(function* main(self: Me) {
    const stopping = scripted([], { init: () => ["stop", "why"] });
    const [, ref] = self.spawnMonitor(function* (it: Self<never>): Process {
      yield* genServer.startLink(it, stopping, []);
      it.exit("returned");
    });
    const down = yield* messages(self);
    expect(down).toEqual([["DOWN", ref, "process", expect.anything(), "why"]]);
  }, many);
});

test("G9 a taken name is already_started, and a slow init a time-out without EXIT", () => {
  simulate(function* main(self: Me) {
    self.trapExit(true);
    const options = { name: "svc" };
    const first = ok(yield* genServer.startLink(self, scripted(), [], options));
    const again = yield* genServer.startLink(self, scripted(), [], options);
    expect(again).toEqual(["error", ["already_started", first]]);
    const slow = scripted([], {
      *init(it) {
        yield* it.sleep(200);
        return ["ok", 0];
      },
    });
    const late = yield* genServer.startLink(self, slow, [], { timeoutMs: 50 });
    expect(late).toEqual(["error", "timeout"]);
    yield* genServer.stop(self, first);
    expect(reasons(yield* messages(self))).toEqual(["normal"]);
  }, many);
});

test("G11 a continue runs before anything that is already in the mailbox", () => {
  const log: unknown[] = [];
  simulate(function* main(self: Me) {
    log.length = 0;
    const continuing = scripted(log, {
      init(it) {
        it.send(it.pid, "from init");
        return ["ok", 0, ["continue", "setup"]];
      },
    });
    const server = ok(yield* genServer.start(self, continuing, []));
    genServer.cast(self, server, ["tell", "from client"]);
    yield* self.sleep(10);
    expect(log).toEqual([
      ["continue", "setup"],
      ["info", "from init"],
      ["cast", "from client"],
    ]);
  }, many);
});

interface Ended {
  readonly log: unknown[];
  readonly reason: unknown;
}

/** A server is started, something is done to it: what does it do, and say? */
function endOf(
  script: Script,
  act: (self: Me, server: ScriptedServer) => Step<void>,
  link = true,
): Ended {
  const log: unknown[] = [];
  let reason: unknown = "still alive";
  simulate(function* main(self: Me) {
    log.length = 0;
    self.trapExit(true);
    const start = link ? genServer.startLink : genServer.start;
    const server = ok(yield* start(self, scripted(log, script), []));
    const ref = self.monitor(server);
    yield* outcome(act(self, server));
    const all = (yield* messages(self)) as unknown[][];
    reason = all.find(([, which]) => which === ref)?.[4] ?? "still alive";
  }, many);
  return { log, reason };
}

const trapping: Script = {
  init(self) {
    self.trapExit(true);
    return ["ok", 0];
  },
};
const tell = function* (self: Me, server: ScriptedServer): Step<void> {
  genServer.cast(self, server, ["tell", "x"]);
};
const send = (reason: unknown) =>
  function* (self: Me, server: ScriptedServer): Step<void> {
    self.sendExit(server, reason);
  };

test("G13 terminate runs when the server stops itself", () => {
  const stopping: Script = {
    cast: (_it, _what, state) => ["stop", "normal", state],
  };
  expect(endOf(stopping, tell)).toEqual({
    log: [
      ["cast", "x"],
      ["terminate", "normal"],
    ],
    reason: "normal",
  });
  const stop = function* (self: Me, server: ScriptedServer): Step<void> {
    yield* genServer.stop(self, server);
  };
  expect(endOf({}, stop)).toEqual({
    log: [["terminate", "normal"]],
    reason: "normal",
  });
  const crash = () => {
    throw boom;
  };
  expect(endOf({ cast: crash }, tell)).toEqual({
    log: [
      ["cast", "x"],
      ["terminate", boom],
    ],
    reason: boom,
  });
});

test("G13 terminate runs on a parent's signal only if the server traps exits", () => {
  const shutdown = send("shutdown");
  expect(endOf({}, shutdown)).toEqual({ log: [], reason: "shutdown" });
  expect(endOf(trapping, shutdown)).toEqual({
    log: [["terminate", "shutdown"]],
    reason: "shutdown",
  });
});

test("G13 a stranger's signal is a message to one that traps, and death to another", () => {
  expect(endOf({}, send("boom"), false)).toEqual({ log: [], reason: "boom" });
  const heard = endOf(trapping, send("boom"), false);
  expect(heard).toEqual({
    log: [["info", ["EXIT", expect.anything(), "boom"]]],
    reason: "still alive",
  });
  const killed = endOf(trapping, send("kill"), false);
  expect(killed).toEqual({ log: [], reason: "killed" });
});

/** A server whose parent ends with `why`. */
function orphaned(script: Script, why: unknown): Ended {
  const log: unknown[] = [];
  let reason: unknown = "still alive";
  simulate(function* main(self: Me) {
    log.length = 0;
    const parent = self.spawn(function* (it: Self<"go">): Process {
      const started = yield* genServer.startLink(it, scripted(log, script), []);
      it.send(self.pid, ok(started));
      yield* it.receive({ go: () => it.exit(why) });
    });
    const server = (yield* self.receive()) as Pid;
    const ref = self.monitor(server);
    self.send(parent, "go");
    const all = (yield* messages(self)) as unknown[][];
    reason = all.find(([, which]) => which === ref)?.[4] ?? "still alive";
  }, many);
  return { log, reason };
}

test("G13 a parent's end ends a server that traps, a normal end included", () => {
  expect(orphaned({}, "boom")).toEqual({ log: [], reason: "boom" });
  expect(orphaned({}, "normal")).toEqual({ log: [], reason: "still alive" });
  for (const why of ["boom", "normal"]) {
    const ended = { log: [["terminate", why]], reason: why };
    expect(orphaned(trapping, why)).toEqual(ended);
  }
});

test("G23 links and monitors see the error that a cast has thrown", () => {
  simulate(function* main(self: Me) {
    self.trapExit(true);
    const crash = () => {
      throw boom;
    };
    const broken = scripted([], { cast: crash });
    const server = ok(yield* genServer.startLink(self, broken, []));
    const ref = self.monitor(server);
    genServer.cast(self, server, ["tell", "x"]);
    expect(yield* messages(self)).toEqual([
      ["EXIT", server, boom],
      ["DOWN", ref, "process", server, boom],
    ]);
  }, many);
});
