import { expect, test } from "vitest";
import type { Self } from "../core/self.ts";
import { isProcessAlive } from "../core/world.ts";
import { simulate } from "../testing/simulate.ts";
import { genServer, procLib } from "./index.ts";
import { ok, outcome } from "./outcome.ts";
import { scripted } from "./scripted-server.ts";

const many = { schedules: 25 };
type Me = Self<unknown>;

test("gen_server_SUITE: stop1 ends a server normally and waits until it is gone", () => {
  simulate(function* main(self: Me) {
    const log: unknown[] = [];
    const server = ok(yield* genServer.start(self, scripted(log), []));
    expect(yield* genServer.stop(self, server)).toBe("ok");
    expect(isProcessAlive(server)).toBe(false);
    expect(log).toEqual([["terminate", "normal"]]);
    const again = yield* outcome(genServer.stop(self, server));
    expect(again).toEqual(["EXIT", "noproc"]);
    // What is asked for is what there is, and yet nothing was stopped.
    const same = yield* outcome(genServer.stop(self, server, "noproc"));
    expect(same).toEqual(["EXIT", "noproc"]);
    const other = ok(yield* genServer.start(self, scripted(), []));
    expect(yield* genServer.stop(self, other, "noproc")).toBe("ok");
  }, many);
});

test("gen_server_SUITE: stop2 ends it with another reason, which is no failure", () => {
  simulate(function* main(self: Me) {
    for (const reason of ["other_reason", ["shutdown", "because"]]) {
      const server = ok(yield* genServer.start(self, scripted(), []));
      expect(yield* genServer.stop(self, server, reason)).toBe("ok");
    }
  }, many);
});

test("gen_server_SUITE: stop3 refuses a time limit that is none, and the server lives", () => {
  simulate(function* main(self: Me) {
    const server = ok(yield* genServer.start(self, scripted(), []));
    let refused: unknown;
    try {
      yield* genServer.stop(self, server, "normal", -1);
    } catch (error) {
      refused = error;
    }
    expect(refused).toMatchObject({ code: "timeout_value" });
  });
});

test("gen_server_SUITE: stop3 a server that takes too long is a time-out, and still stops", () => {
  simulate(function* main(self: Me) {
    const slow = scripted([], {
      *end(it) {
        yield* it.sleep(100);
      },
    });
    const server = ok(yield* genServer.start(self, slow, []));
    const end = yield* outcome(genServer.stop(self, server, "normal", 10));
    expect(end).toEqual(["EXIT", "timeout"]);
    yield* self.sleep(200);
    expect(isProcessAlive(server)).toBe(false);
  }, many);
});

test("gen_server_SUITE: stop3 a server that ends otherwise hands its reason on", () => {
  const boom = new Error("boom");
  simulate(function* main(self: Me) {
    const broken = scripted([], {
      end() {
        throw boom;
      },
    });
    const server = ok(yield* genServer.start(self, broken, []));
    const end = yield* outcome(genServer.stop(self, server));
    expect(end).toEqual(["EXIT", boom]);
  }, many);
});

test("gen_server_SUITE: stop4 ends a server by its name", () => {
  simulate(function* main(self: Me) {
    const name = "to_stop";
    ok(yield* genServer.start(self, scripted(), [], { name }));
    expect(yield* genServer.stop(self, name)).toBe("ok");
    expect(self.whereis(name)).toBeUndefined();
    const again = yield* outcome(genServer.stop(self, name));
    expect(again).toEqual(["EXIT", "noproc"]);
  }, many);
});

test("gen_server_SUITE: stop5 ends a server by its name and node", () => {
  simulate(function* main(self: Me) {
    const name = "to_stop";
    ok(yield* genServer.start(self, scripted(), [], { name }));
    const address = [name, self.node] as const;
    expect(yield* genServer.stop(self, address)).toBe("ok");
    const again = yield* outcome(genServer.stop(self, address));
    expect(again).toEqual(["EXIT", "noproc"]);
    const nowhere = [name, "nobody@127.0.0.1"] as const;
    const lost = yield* outcome(genServer.stop(self, nowhere));
    expect(lost).toEqual(["EXIT", ["nodedown", "nobody@127.0.0.1"]]);
  }, many);
});

test("proc_lib_SUITE: stop is the same for every process that knows system messages", () => {
  simulate(function* main(self: Me) {
    const name = "to_stop";
    const server = ok(yield* genServer.start(self, scripted(), [], { name }));
    expect(yield* procLib.stop(self, server, "shutdown")).toBe("ok");
    for (const gone of [server, name]) {
      const end = yield* outcome(procLib.stop(self, gone));
      expect(end).toEqual(["EXIT", "noproc"]);
    }
    const deaf = self.spawn(function* (it: Self<"never">) {
      yield* it.receive({ never: () => {} });
    });
    const late = yield* outcome(procLib.stop(self, deaf, "normal", 100));
    expect(late).toEqual(["EXIT", "timeout"]);
    expect(isProcessAlive(deaf)).toBe(true);
  }, many);
});
