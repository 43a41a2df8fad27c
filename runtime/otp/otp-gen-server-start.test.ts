import { expect, test } from "vitest";
import { after } from "../core/clauses.ts";
import type { Process } from "../core/message.ts";
import type { Self } from "../core/self.ts";
import { simulate } from "../testing/simulate.ts";
import { genServer, procLib } from "./index.ts";
import { ok, outcome } from "./outcome.ts";
import type { Acknowledge } from "./proc-lib.ts";
import { type ScriptedServer, scripted } from "./scripted-server.ts";
import type { StartResult } from "./start-result.ts";

const many = { schedules: 25 };
type Me = Self<unknown>;

test("gen_server_SUITE: start gives a server with or without a name, once", () => {
  simulate(function* main(self: Me) {
    const anonymous = ok(yield* genServer.start(self, scripted(), []));
    const reply = yield* genServer.call(self, anonymous, ["ask", 1]);
    expect(reply).toEqual(["echo", 1]);
    const options = { name: "my_server" };
    const named = ok(yield* genServer.start(self, scripted(), [], options));
    expect(self.whereis("my_server")).toBe(named);
    for (const start of [genServer.start, genServer.startLink]) {
      const again = yield* start(self, scripted(), [], options);
      expect(again).toEqual(["error", ["already_started", named]]);
    }
    yield* genServer.stop(self, "my_server");
    const late = genServer.call(self, named, ["ask", 1]);
    expect(yield* outcome(late)).toMatchObject(["EXIT", ["noproc", {}]]);
  }, many);
});

test("gen_server_SUITE: start hands on what init answers instead of a state", () => {
  simulate(function* main(self: Me) {
    const ignoring = scripted([], { init: () => "ignore" });
    expect(yield* genServer.start(self, ignoring, [])).toBe("ignore");
    const stopping = scripted([], { init: () => ["stop", "stopped"] });
    const refused = yield* genServer.start(self, stopping, []);
    expect(refused).toEqual(["error", "stopped"]);
    const slow = scripted([], {
      *init(it) {
        yield* it.sleep(1_000);
        return ["ok", 0];
      },
    });
    const late = yield* genServer.start(self, slow, [], { timeoutMs: 100 });
    expect(late).toEqual(["error", "timeout"]);
    // Nothing of a failed start is left lying in the mailbox.
    const left = yield* self.receive({ _: (it: unknown) => it }, after(2_000));
    expect(left).toBeUndefined();
  }, many);
});

test("gen_server_SUITE: start monitors in the same step with startMonitor", () => {
  simulate(function* main(self: Me) {
    const started = yield* genServer.startMonitor(self, scripted(), []);
    const [server, ref] = ok(started);
    yield* genServer.stop(self, server);
    const down = yield* self.receive();
    expect(down).toEqual(["DOWN", ref, "process", server, "normal"]);
    const stopping = scripted([], { init: () => ["stop", "stopped"] });
    const refused = yield* genServer.startMonitor(self, stopping, []);
    expect(refused).toEqual(["error", "stopped"]);
    const left = yield* self.receive({ _: (it: unknown) => it }, after(1_000));
    expect(left).toBeUndefined();
  }, many);
});

test("gen_server_SUITE: otp_7669 a failed start has freed the name when it returns", () => {
  const inits = [
    () => "ignore" as const,
    () => ["stop", "reason"] as const,
    () => "unknown" as never,
    () => {
      throw new Error("crash");
    },
  ];
  simulate(function* main(self: Me) {
    self.trapExit(true);
    for (const init of inits) {
      const options = { name: "failing" };
      const failing = scripted([], { init });
      yield* genServer.startLink(self, failing, [], options);
      expect(self.whereis("failing")).toBeUndefined();
    }
  }, many);
});

test("gen_server_SUITE: undef_init is the error of the start", () => {
  simulate(function* main(self: Me) {
    const { init: _, ...rest } = scripted();
    const result = yield* genServer.start(self, rest as never, []);
    expect(result).toEqual(["error", expect.any(TypeError)]);
  });
});

/** A body with an init of its own that then becomes a server. */
function* ownInit(
  it: Self<never>,
  acknowledge: Acknowledge<StartResult<ScriptedServer>>,
  registered: string | undefined,
  claimed: string | undefined,
  log: unknown[],
): Process {
  if (registered) it.register(registered);
  acknowledge(["ok", it.pid as ScriptedServer]);
  const more = claimed === undefined ? {} : { name: claimed };
  return genServer.enterLoop(it, scripted(log), "state", more);
}

test("gen_server_SUITE: spec_init a process with an init of its own enters the loop", () => {
  simulate(function* main(self: Me) {
    for (const name of [undefined, "armitage"]) {
      const log: unknown[] = [];
      const server = ok(
        yield* procLib.start<StartResult<ScriptedServer>>(
          self,
          "own init",
          (it, acknowledge) => ownInit(it, acknowledge, name, name, log),
          { link: true },
        ),
      );
      const reply = yield* genServer.call(self, server, ["ask", 1]);
      expect(reply).toEqual(["echo", 1]);
      expect(yield* genServer.stop(self, server)).toBe("ok");
      expect(log).toEqual([
        ["call", 1],
        ["terminate", "normal"],
      ]);
    }
  }, many);
});

test("gen_server_SUITE: spec_init the loop may be entered with a time limit, or asleep", () => {
  simulate(function* main(self: Me) {
    for (const action of [10, "hibernate"] as const) {
      const log: unknown[] = [];
      yield* procLib.start(
        self,
        "own init",
        (it, acknowledge) => {
          acknowledge("done");
          return genServer.enterLoop(it, scripted(log), "state", { action });
        },
        { link: false },
      );
      yield* self.sleep(100);
      expect(log).toEqual(action === 10 ? ["timeout"] : []);
    }
  }, many);
});

test("gen_server_SUITE: spec_init refuses a process that procLib has not started", () => {
  simulate(function* main(self: Me) {
    const [, ref] = self.spawnMonitor((it: Self<never>) =>
      genServer.enterLoop(it, scripted(), "state"),
    );
    const why = "process_was_not_started_by_proc_lib";
    const down = ["DOWN", ref, "process", expect.anything(), why];
    expect(yield* self.receive()).toEqual(down);
  });
});

test("gen_server_SUITE: otp_5854 the loop is not entered under another's name", () => {
  simulate(function* main(self: Me) {
    self.register("taken");
    for (const name of ["taken", "nobody"]) {
      const server = ok(
        yield* procLib.start<StartResult<ScriptedServer>>(
          self,
          "own init",
          (it, acknowledge) => ownInit(it, acknowledge, undefined, name, []),
          { link: false },
        ),
      );
      const ref = self.monitor(server);
      const down = (yield* self.receive()) as unknown[];
      expect(down[1]).toBe(ref);
      expect(["process_not_registered", "noproc"]).toContain(down[4]);
    }
  }, many);
});

test("gen_server_SUITE: auto_hibernate is accepted, and the server answers on", () => {
  simulate(function* main(self: Me) {
    const resting = scripted([], {
      init: () => ["ok", 0, "hibernate"],
      call: (_it, what, _from, state) => ["reply", what, state, "hibernate"],
    });
    const options = { hibernateAfterMs: 100 };
    const server = ok(yield* genServer.start(self, resting, [], options));
    for (const what of [1, 2]) {
      yield* self.sleep(1_000);
      expect(yield* genServer.call(self, server, ["ask", what])).toBe(what);
    }
  }, many);
});
