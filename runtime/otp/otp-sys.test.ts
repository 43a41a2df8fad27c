import { expect, test } from "vitest";
import type { Self } from "../core/self.ts";
import { isProcessAlive } from "../core/world.ts";
import { simulate } from "../testing/simulate.ts";
import {
  changeCode,
  type GenServer,
  genServer,
  getState,
  getStatus,
  replaceState,
  resume,
  suspend,
} from "./index.ts";
import { ok, outcome } from "./outcome.ts";
import { type Scripted, scripted } from "./scripted-server.ts";

const many = { schedules: 25 };
type Me = Self<unknown>;

test("gen_server_SUITE: get_state is the state between two messages, suspended or not", () => {
  simulate(function* main(self: Me) {
    const name = "stateful";
    const server = ok(yield* genServer.start(self, scripted(), [], { name }));
    for (const to of [server, name, [name, self.node]] as const) {
      expect(yield* getState(self, to)).toBe("state");
    }
    expect(yield* suspend(self, server)).toBe("ok");
    expect(yield* getState(self, server)).toBe("state");
    expect(yield* resume(self, server)).toBe("ok");
  }, many);
});

test("gen_server_SUITE: replace_state puts another state in place, suspended or not", () => {
  simulate(function* main(self: Me) {
    const server = ok(yield* genServer.start(self, scripted(), []));
    const more = (state: string) => `new ${state}`;
    expect(yield* replaceState(self, server, more)).toBe("new state");
    yield* suspend(self, server);
    expect(yield* replaceState(self, server, more)).toBe("new new state");
    yield* resume(self, server);
    expect(yield* getState(self, server)).toBe("new new state");
  }, many);
});

test("gen_server_SUITE: replace_state with a function that fails changes nothing", () => {
  simulate(function* main(self: Me) {
    const server = ok(yield* genServer.start(self, scripted(), []));
    const boom = new Error("boom");
    const failing = replaceState(self, server, () => {
      throw boom;
    });
    expect(yield* outcome(failing)).toEqual([
      "EXIT",
      [
        "callback_failed",
        ["gen_server", "system_replace_state"],
        ["error", boom],
      ],
    ]);
    expect(yield* getState(self, server)).toBe("state");
  }, many);
});

test("sys asks nobody with the reason and what was asked", () => {
  simulate(function* main(self: Me) {
    const end = yield* outcome(getState(self, "nobody"));
    expect(end).toEqual(["EXIT", ["noproc", ["sys", "get_state", ["nobody"]]]]);
  });
});

test("a suspended server takes up what has come when it is resumed", () => {
  simulate(function* main(self: Me) {
    const log: unknown[] = [];
    const server = ok(yield* genServer.start(self, scripted(log), []));
    yield* suspend(self, server);
    genServer.cast(self, server, ["tell", 1]);
    self.send(server, 2);
    const early = genServer.call(self, server, ["ask", 3], 50);
    expect(yield* outcome(early)).toMatchObject(["EXIT", ["timeout", {}]]);
    expect(log).toEqual([]);
    yield* resume(self, server);
    yield* genServer.call(self, server, ["ask", 4]);
    expect(log).toEqual([
      ["cast", 1],
      ["info", 2],
      ["call", 3],
      ["call", 4],
    ]);
  }, many);
});

test("a suspended server can be stopped, and ends with its parent", () => {
  simulate(function* main(self: Me) {
    const log: unknown[] = [];
    const server = ok(yield* genServer.start(self, scripted(log), []));
    yield* suspend(self, server);
    expect(yield* genServer.stop(self, server)).toBe("ok");
    expect(log).toEqual([["terminate", "normal"]]);
    const trapping = scripted(log, {
      init(it) {
        it.trapExit(true);
        return ["ok", 0];
      },
    });
    const child = ok(yield* genServer.startLink(self, trapping, []));
    yield* suspend(self, child);
    self.trapExit(true);
    self.sendExit(child, "shutdown");
    const exit = yield* self.receive();
    expect(exit).toEqual(["EXIT", child, "shutdown"]);
    expect(log.at(-1)).toEqual(["terminate", "shutdown"]);
  }, many);
});

test("a system message does not end a server's time limit", () => {
  simulate(function* main(self: Me) {
    const log: unknown[] = [];
    const waiting = scripted(log, { init: () => ["ok", 0, 100] });
    const server = ok(yield* genServer.start(self, waiting, []));
    yield* self.sleep(50);
    yield* getState(self, server);
    yield* self.sleep(200);
    expect(log).toEqual(["timeout"]);
  }, many);
});

function secretive(formatStatus: (state: unknown) => unknown) {
  const callbacks = scripted([], {
    cast: () => {
      throw new Error("crashed");
    },
  });
  return { ...callbacks, formatStatus };
}

/** What is shown of the state when asked, and in the report of a crash. */
function shownOf(callbacks: GenServer<Scripted, unknown>): unknown[] {
  const shown: unknown[] = [];
  const run = simulate(function* main(self: Me) {
    const server = ok(yield* genServer.start(self, callbacks, []));
    const status = yield* getStatus(self, server);
    expect(status).toMatchObject({ name: "scripted", running: "running" });
    yield* suspend(self, server);
    const suspended = yield* getStatus(self, server);
    expect(suspended.running).toBe("suspended");
    yield* resume(self, server);
    shown[0] = status.state;
    genServer.cast(self, server, ["tell", "x"]);
    yield* self.sleep(10);
    expect(isProcessAlive(server)).toBe(false);
  });
  for (const report of run.reports) {
    if (report.kind !== "report") continue;
    const field = report.fields.find(([name]) => name === "when server state");
    if (field) shown[1] = field[1];
  }
  return shown;
}

test("gen_server_SUITE: call_format_status and error_format_status show what formatStatus makes of the state", () => {
  const callbacks = secretive((state) => ["shown", state]);
  const shown = ["shown", "state"];
  expect(shownOf(callbacks)).toEqual([shown, shown]);
});

test("gen_server_SUITE: format_all_status without formatStatus shows the state itself", () => {
  const { formatStatus: _, ...callbacks } = secretive(() => "");
  expect(shownOf(callbacks)).toEqual(["state", "state"]);
});

test("gen_server_SUITE: crash_in_format_status and throw_in_format_status show nothing, and harm nobody", () => {
  const crashing = secretive(() => {
    throw new Error("in formatStatus");
  });
  const throwing = secretive(() => {
    throw "a value";
  });
  for (const callbacks of [crashing, throwing]) {
    const shown = "formatStatus crashed";
    expect(shownOf(callbacks)).toEqual([shown, shown]);
  }
});

test("gen_server_SUITE: terminate_crash_format shows it of a server whose terminate has failed", () => {
  const run = simulate(function* main(self: Me) {
    const callbacks = scripted([], {
      end() {
        throw new Error("in terminate");
      },
    });
    const formatStatus = (state: unknown) => ["shown", state];
    const hiding = { ...callbacks, formatStatus };
    const server = ok(yield* genServer.start(self, hiding, []));
    yield* outcome(genServer.stop(self, server));
  });
  expect(run.reports[0]).toMatchObject({
    level: "error",
    fields: expect.arrayContaining([
      ["when server state", ["shown", "state"]],
      ["reason for termination", new Error("in terminate")],
    ]),
  });
});

test("changeCode gives a running server new callbacks and its state to them", () => {
  simulate(function* main(self: Me) {
    const server = ok(yield* genServer.start(self, scripted(), []));
    const refusing: GenServer<Scripted, unknown> = {
      ...scripted(),
      codeChange: () => ["error", "not now"],
    };
    const refused = yield* changeCode(self, server, refusing);
    expect(refused).toEqual(["error", "not now"]);
    expect(yield* getState(self, server)).toBe("state");
    const next: GenServer<Scripted, unknown> = {
      ...scripted([], { call: (_it, _what, _from, s) => ["reply", s, s] }),
      codeChange: (_old, state, extra) => ["ok", [state, extra]],
    };
    expect(yield* changeCode(self, server, next, "extra")).toBe("ok");
    const reply = yield* genServer.call(self, server, ["ask", 1]);
    expect(reply).toEqual(["state", "extra"]);
  }, many);
});
