import { expect, test } from "vitest";
import type { Self } from "../core/self.ts";
import { isProcessAlive } from "../core/world.ts";
import { simulate } from "../testing/simulate.ts";
import { type GenServer, genServer } from "./index.ts";
import { ok, outcome } from "./outcome.ts";
import { type Scripted, scripted } from "./scripted-server.ts";

// Callbacks that are missing, and functions that are missing inside callbacks.

type Me = Self<unknown>;
const many = { schedules: 25 };

type Callback = keyof GenServer<Scripted, unknown>;

/** A scripted server without some of its callbacks. */
function without(...names: Callback[]): GenServer<Scripted, unknown> {
  const callbacks = scripted([], {
    call: (_it, what, _from, state) => [
      "reply",
      what,
      state,
      ["continue", "more"],
    ],
  });
  const entries = Object.entries(callbacks);
  return Object.fromEntries(
    entries.filter(([name]) => !names.includes(name as Callback)),
  ) as unknown as GenServer<Scripted, unknown>;
}

const undefinedFunction = () => (undefined as unknown as () => never)();

/** What a watcher of the server is told when `act` has been done to it. */
function endOf(
  callbacks: GenServer<Scripted, unknown>,
  act: (self: Me, server: never) => unknown,
): unknown {
  let reason: unknown;
  simulate(function* main(self: Me) {
    const server = ok(yield* genServer.start(self, callbacks, []));
    self.monitor(server);
    act(self, server as never);
    const down = (yield* self.receive()) as unknown[];
    expect(down[0]).toBe("DOWN");
    reason = down[4];
  }, many);
  return reason;
}

test("gen_server_SUITE: undef_handle_call ends the server, and the caller learns why", () => {
  simulate(function* main(self: Me) {
    const server = ok(yield* genServer.start(self, without("handleCall"), []));
    const end = yield* outcome(genServer.call(self, server, ["ask", 1]));
    expect(end).toMatchObject(["EXIT", [{ code: "function_clause" }, {}]]);
    expect(isProcessAlive(server)).toBe(false);
  }, many);
});

test("gen_server_SUITE: undef_handle_cast ends the server", () => {
  const reason = endOf(without("handleCast"), (self, server) =>
    genServer.cast<Scripted>(self, server, ["tell", 1]),
  );
  expect(reason).toMatchObject({
    code: "function_clause",
    message: expect.stringContaining('no clause of handleCast takes "tell"'),
  });
});

test("gen_server_SUITE: undef_handle_continue ends the server, after the reply", () => {
  simulate(function* main(self: Me) {
    const callbacks = without("handleContinue");
    const server = ok(yield* genServer.start(self, callbacks, []));
    const ref = self.monitor(server);
    expect(yield* genServer.call(self, server, ["ask", 1])).toBe(1);
    const down = (yield* self.receive()) as unknown[];
    expect(down[1]).toBe(ref);
    expect(down[4]).toMatchObject({
      code: "function_clause",
      message: expect.stringContaining("has no handleContinue"),
    });
  }, many);
});

test("gen_server_SUITE: undef_handle_info only logs a warning", () => {
  const run = simulate(function* main(self: Me) {
    const callbacks = without("handleInfo", "handleContinue");
    const server = ok(yield* genServer.start(self, callbacks, []));
    self.send(server, "hi");
    expect(yield* genServer.stop(self, server)).toBe("ok");
  }, many);
  expect(run.reports).toMatchObject([
    {
      level: "warning",
      fields: [
        ["undefined handleInfo in", "scripted"],
        ["unhandled message", "hi"],
      ],
    },
  ]);
});

test("gen_server_SUITE: undef_in_handle_info is no missing handleInfo", () => {
  const broken = scripted([], { info: undefinedFunction });
  const reason = endOf(broken, (self, server) =>
    self.send(server, "hi" as never),
  );
  expect(reason).toBeInstanceOf(TypeError);
});

test("gen_server_SUITE: undef_in_terminate is the reason the server ends with", () => {
  const broken = scripted([], {
    cast: (_it, _what, state) => ["stop", "normal", state],
    end: undefinedFunction,
  });
  const reason = endOf(broken, (self, server) =>
    genServer.cast<Scripted>(self, server, ["tell", 1]),
  );
  expect(reason).toBeInstanceOf(TypeError);
});

test("gen_server_SUITE: undef_terminate1 without terminate a server ends as it is asked to", () => {
  simulate(function* main(self: Me) {
    for (const reason of ["normal", { error: "test" }, "test"]) {
      const callbacks = without("terminate");
      const server = ok(yield* genServer.start(self, callbacks, []));
      const ref = self.monitor(server);
      expect(yield* genServer.stop(self, server, reason)).toBe("ok");
      const down = ["DOWN", ref, "process", server, reason];
      expect(yield* self.receive()).toEqual(down);
    }
  }, many);
});

test("gen_server_SUITE: undef_terminate2 without terminate a server ends with its error", () => {
  const boom = new Error("boom");
  const { terminate: _, ...callbacks } = scripted([], {
    cast() {
      throw boom;
    },
  });
  const reason = endOf(callbacks, (self, server) =>
    genServer.cast<Scripted>(self, server, ["tell", 1]),
  );
  expect(reason).toBe(boom);
});
