import { expect, test } from "vitest";
import type { Process, Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import { isRef } from "../core/ref.ts";
import type { Self } from "../core/self.ts";
import { isProcessAlive } from "../core/world.ts";
import { simulate } from "../testing/simulate.ts";
import { type GenServer, genServer } from "./index.ts";
import { ok, outcome } from "./outcome.ts";
import {
  type Script,
  type Scripted,
  type ScriptedServer,
  scripted,
} from "./scripted-server.ts";

// The experiments on real Erlang, re-enacted: those about what clients see.

const many = { schedules: 25 };
const boom = new Error("boom");
const nodeName = "nobody@127.0.0.1";

function* dead(self: Self<never>): Step<Pid> {
  const pid = self.spawn(() => {});
  self.sendExit(pid, "kill");
  yield* self.sleep(1);
  return pid as Pid;
}

test("G1 call, cast and plain messages of one client are handled in the order sent", () => {
  simulate(function* main(self: Self<never>) {
    const log: unknown[] = [];
    const server = ok(yield* genServer.start(self, scripted(log), []));
    genServer.cast(self, server, ["tell", 1]);
    self.send(server, 2);
    genServer.cast(self, server, ["tell", 3]);
    const reply = yield* genServer.call(self, server, ["ask", 4]);
    expect(reply).toEqual(["echo", 4]);
    expect(log).toEqual([
      ["cast", 1],
      ["info", 2],
      ["cast", 3],
      ["call", 4],
    ]);
  }, many);
});

test("G2 a call's time-out is the exit of the caller, and the server goes on", () => {
  simulate(function* main(self: Self<unknown>) {
    const slow = scripted([], {
      *call(it, _what, _from, state) {
        yield* it.sleep(150);
        return ["reply", "late", state];
      },
    });
    const server = ok(yield* genServer.start(self, slow, []));
    const end = yield* outcome(genServer.call(self, server, ["ask", 1], 50));
    expect(end).toEqual([
      "EXIT",
      ["timeout", ["gen_server", "call", [server, ["ask", 1], 50]]],
    ]);
    yield* self.sleep(250);
    expect(isProcessAlive(server)).toBe(true);
  }, many);
});

test("G4 a call to nobody exits with noproc, or nodedown and the node", () => {
  simulate(function* main(self: Self<never>) {
    const gone = yield* dead(self);
    const targets = [
      [gone, "noproc"],
      ["no_such_name", "noproc"],
      [["no_such_name", self.node], "noproc"],
      [
        ["x", nodeName],
        ["nodedown", nodeName],
      ],
    ] as const;
    for (const [target, reason] of targets) {
      const to = target as ScriptedServer;
      const end = yield* outcome(genServer.call(self, to, ["ask", "hi"]));
      const made = ["gen_server", "call", [target, ["ask", "hi"]]];
      expect(end).toEqual(["EXIT", [reason, made]]);
    }
  }, many);
});

test("G5 a caller exits with what its server ends with in the middle of a call", () => {
  const cases: [Script["call"], unknown][] = [
    [
      () => {
        throw boom;
      },
      boom,
    ],
    [(it) => it.exit("boom"), "boom"],
    [(_it, _what, _from, state) => ["stop", "why", state], "why"],
    [(_it, _what, _from, state) => ["stop", "normal", state], "normal"],
    [
      (it, _what, _from, state) => {
        it.sendExit(it.pid, "kill");
        return ["noreply", state];
      },
      "killed",
    ],
    [() => "nonsense" as never, ["bad_return_value", "nonsense"]],
  ];
  for (const [call, reason] of cases) {
    simulate(function* main(self: Self<never>) {
      const { start } = genServer;
      const server = ok(yield* start(self, scripted([], { call }), []));
      const end = yield* outcome(genServer.call(self, server, ["ask", 1]));
      const made = ["gen_server", "call", [server, ["ask", 1]]];
      expect(end).toEqual(["EXIT", [reason, made]]);
    }, many);
  }
});

test("G5 a stop with a reply delivers it, and a thrown answer is an answer", () => {
  simulate(function* main(self: Self<never>) {
    const stopping = scripted([], {
      call: (_it, _what, _from, state) => ["stop", "why", "my reply", state],
    });
    const first = ok(yield* genServer.start(self, stopping, []));
    expect(yield* genServer.call(self, first, ["ask", 1])).toBe("my reply");
    const throwing = scripted([], {
      call(_it, _what, _from, state) {
        throw ["reply", "thrown", state];
      },
    });
    const second = ok(yield* genServer.start(self, throwing, []));
    expect(yield* genServer.call(self, second, ["ask", 1])).toBe("thrown");
  }, many);
});

test("G6 a cast never fails", () => {
  simulate(function* main(self: Self<never>) {
    const gone = yield* dead(self);
    for (const to of [gone, "no_such_name", ["x", self.node], ["x", nodeName]])
      expect(
        genServer.cast<Scripted>(self, to as ScriptedServer, ["tell", "hi"]),
      ).toBe("ok");
  });
});

test("G18 multiCall and abcast go to the servers of one name on many nodes", () => {
  simulate(function* main(self: Self<never>) {
    const log: unknown[] = [];
    const name = "svc";
    ok(yield* genServer.startLink(self, scripted(log), [], { name }));
    const { abcast, multiCall } = genServer;
    const nodes = [self.node, nodeName];
    const all = yield* multiCall<Scripted>(self, nodes, name, ["ask", "hi"]);
    expect(all).toEqual([[[self.node, ["echo", "hi"]]], [nodeName]]);
    const told = abcast<Scripted>(self, [self.node], name, ["tell", "yo"]);
    expect(told).toBe("abcast");
    yield* genServer.stop(self, name);
    expect(log.slice(0, 2)).toEqual([
      ["call", "hi"],
      ["cast", "yo"],
    ]);
  }, many);
});

test("G20 from is the caller's pid and a tag", () => {
  simulate(function* main(self: Self<never>) {
    const telling = scripted([], {
      call: (_it, _what, from, state) => ["reply", from, state],
    });
    const server = ok(yield* genServer.start(self, telling, []));
    const from = yield* genServer.call(self, server, ["ask", 1]);
    const [pid, tag] = from as [unknown, unknown];
    expect(pid).toBe(self.pid);
    expect(isRef(tag)).toBe(true);
  });
});

test("G21 a call is a message that any process can receive", () => {
  simulate(function* main(self: Self<unknown>) {
    const witness = self.spawn(function* (it: Self<unknown>): Process {
      self.send(self.pid, ["saw", yield* it.receive()]);
    });
    const server = witness as ScriptedServer;
    yield* outcome(genServer.call(self, server, ["ask", "hello"], 30));
    const [, seen] = (yield* self.receive()) as [string, unknown[]];
    expect(seen).toEqual([
      "$gen_call",
      [self.pid, expect.anything()],
      ["ask", "hello"],
    ]);
  });
});

test("G22 a call waits for 5000 ms unless it is told otherwise", () => {
  const run = simulate(function* main(self: Self<never>) {
    const mute = scripted([], {
      call: (_it, _what, _from, state) => ["noreply", state],
    });
    const server = ok(yield* genServer.start(self, mute, []));
    const end = yield* outcome(genServer.call(self, server, ["ask", 1]));
    expect((end as unknown[])[1]).toMatchObject(["timeout", {}]);
  }, many);
  expect(run.elapsedMs).toBe(5_000);
});

test("G12 a server without handleInfo goes on, one without the call's clause dies", () => {
  interface Bare {
    readonly call: { ping(): "pong" };
    readonly info: "what";
  }
  const bare: GenServer<Bare, number> = {
    init: () => ["ok", 0],
    handleCall: { ping: (_self, state) => ["reply", "pong", state] },
  };
  const run = simulate(function* main(self: Self<never>) {
    const server = ok(yield* genServer.start(self, bare, []));
    self.send(server, "what");
    expect(yield* genServer.call(self, server, "ping")).toBe("pong");
    const unknown = genServer.call(self, server, "unknown" as "ping");
    const end = yield* outcome(unknown);
    expect(end).toMatchObject(["EXIT", [{ code: "function_clause" }, {}]]);
    expect(isProcessAlive(server)).toBe(false);
  }, many);
  expect(run.reports[0]).toMatchObject({ level: "warning" });
});

test("G16 calling oneself, and stopping what is dead, exit with the reason", () => {
  simulate(function* main(self: Self<never>) {
    const narcissus = scripted([], {
      *call(it, _what, _from, state) {
        const me = it.pid as ScriptedServer;
        const end = yield* outcome(genServer.call(it, me, ["ask", "again"]));
        return ["reply", end, state];
      },
    });
    const server = ok(yield* genServer.start(self, narcissus, []));
    expect(yield* genServer.call(self, server, ["ask", 1])).toEqual([
      "EXIT",
      ["calling_self", ["gen_server", "call", [server, ["ask", "again"]]]],
    ]);
    expect(yield* genServer.stop(self, server)).toBe("ok");
    for (const gone of [server, "no_such_name"]) {
      const end = yield* outcome(genServer.stop(self, gone));
      expect(end).toEqual(["EXIT", "noproc"]);
    }
  }, many);
});
