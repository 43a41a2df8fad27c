import { expect, test } from "vitest";
import type { Self } from "../core/self.ts";
import { simulate } from "../testing/simulate.ts";
import {
  type Application,
  application,
  genServer,
  getState,
  procLib,
  supervisor,
} from "./index.ts";
import { ok, outcome } from "./outcome.ts";
import { type Scripted, scripted } from "./scripted-server.ts";

type It = Self<never>;
const request = ["ask", 1] as const;
const demo: Application = { name: "demo", start: () => "ignore" };

/** Every call that must have its `yield*`, made without. */
const calls: Record<string, (self: It) => unknown> = {
  "genServer.call": (self) =>
    genServer.call<Scripted, typeof request>(self, "server", request),
  "genServer.start": (self) => genServer.start(self, scripted(), []),
  "genServer.startLink": (self) => genServer.startLink(self, scripted(), []),
  "genServer.startMonitor": (self) =>
    genServer.startMonitor(self, scripted(), []),
  "genServer.stop": (self) => genServer.stop(self, "server"),
  "genServer.multiCall": (self) =>
    genServer.multiCall<Scripted>(self, [], "server", request),
  "genServer.waitResponse": (self) =>
    genServer.waitResponse(self, { ref: self.makeRef(), server: "server" }),
  "supervisor.startLink": (self) => supervisor.startLink(self, {}, []),
  "supervisor.startChild": (self) => supervisor.startChild(self, "top", []),
  "supervisor.whichChildren": (self) => supervisor.whichChildren(self, "top"),
  "application.start": (self) => application.start(self, demo),
  "application.stop": (self) => application.stop(self, "demo"),
  "procLib.start": (self) =>
    procLib.start(self, "child", () => {}, { link: false }),
  "procLib.startMonitor": (self) =>
    procLib.startMonitor(self, "child", () => {}, { link: false }),
  "genServer.enterLoop": (self) => genServer.enterLoop(self, scripted(), 0),
  getState: (self) => getState(self, "server"),
};

for (const [name, call] of Object.entries(calls)) {
  test(`${name} without yield* is noticed at the next step, and named`, () => {
    const forget = () =>
      simulate(function* main(self: It) {
        call(self);
        yield* self.sleep(1);
      });
    expect(forget).toThrow(
      expect.objectContaining({
        code: "forgotten_yield",
        message: expect.stringContaining(`Write: yield* ${name}(…).`),
      }),
    );
  });
}

test("a body that ends with such a call is told, too", () => {
  const forget = () =>
    simulate(function* main(self: It) {
      yield* self.yield();
      genServer.stop(self, "server");
    });
  expect(forget).toThrow(expect.objectContaining({ code: "forgotten_yield" }));
});

test("a server's callback that forgets it ends the server with that error", () => {
  simulate(function* main(self: It) {
    const forgetful = scripted([], {
      call(it, _what, _from, state) {
        genServer.call<Scripted, typeof request>(it, "other", request);
        return ["reply", "ok", state];
      },
    });
    const server = ok(yield* genServer.start(self, forgetful, []));
    const end = yield* outcome(genServer.call(self, server, request));
    expect(end).toMatchObject(["EXIT", [{ code: "forgotten_yield" }, {}]]);
  });
});

test("a call that is given back is made: by a body, by a callback, by a child's start", () => {
  simulate(function* main(self: It) {
    const log: unknown[] = [];
    const children = [
      {
        id: "server",
        start: (it: It) =>
          genServer.startLink(it, scripted(log), [], { name: "server" }),
      },
    ];
    const top = ok(yield* supervisor.startLink(self, {}, children));
    self.spawn((it: It) => genServer.stop(it, "server") as never);
    yield* self.sleep(10);
    expect(log).toEqual([["terminate", "normal"]]);
    yield* genServer.stop(self, top);
  });
});

test("a call whose first argument is no process says so", () => {
  const call = () =>
    genServer.call<Scripted, typeof request>({} as It, "server", request);
  expect(call).toThrow(expect.objectContaining({ code: "badarg" }));
});
