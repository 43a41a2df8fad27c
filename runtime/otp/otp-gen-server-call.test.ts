import { expect, test } from "vitest";
import { after } from "../core/clauses.ts";
import type { Pid } from "../core/pid.ts";
import type { Self } from "../core/self.ts";
import { isProcessAlive } from "../core/world.ts";
import { simulate } from "../testing/simulate.ts";
import { genServer } from "./index.ts";
import { ok, outcome } from "./outcome.ts";
import type { From } from "./protocol.ts";
import {
  type Script,
  type Scripted,
  type ScriptedServer,
  scripted,
} from "./scripted-server.ts";

const many = { schedules: 25 };
type Me = Self<unknown>;

/** A server that takes each form of answer as what it is asked for. */
const obliging: Script = {
  call(it, what, from, state) {
    switch (what) {
      case "started_p":
        return ["reply", "ok", state];
      case "delayed_answer":
        return ["noreply", from, 100];
      case "reply_and_wait":
        return ["reply", "waiting", from, 100];
      case "by_another":
        it.spawn((other: Self<never>) => {
          genServer.reply(other, from, "from another");
        });
        return ["noreply", state];
      case "call_throw":
        throw ["reply", "thrown", state];
      case "stop_with_reply":
        return ["stop", "normal", "stopped", state];
      default:
        return ["stop", "asked to", state];
    }
  },
  info(it, what, state) {
    if (what === "timeout") genServer.reply(it, state as From, "delayed");
    return ["noreply", state];
  },
};

test("gen_server_SUITE: call is answered by every form of result", () => {
  simulate(function* main(self: Me) {
    const log: unknown[] = [];
    const server = ok(
      yield* genServer.start(self, scripted(log, obliging), []),
    );
    const ask = (what: string) => genServer.call(self, server, ["ask", what]);
    expect(yield* ask("started_p")).toBe("ok");
    expect(yield* ask("delayed_answer")).toBe("delayed");
    expect(yield* ask("by_another")).toBe("from another");
    expect(yield* ask("call_throw")).toBe("thrown");
    expect(yield* ask("reply_and_wait")).toBe("waiting");
    yield* self.sleep(200);
    expect(log.filter((line) => line === "timeout")).toHaveLength(2);
    expect(yield* ask("stop_with_reply")).toBe("stopped");
    const next = ok(yield* genServer.start(self, scripted([], obliging), []));
    const end = yield* outcome(genServer.call(self, next, ["ask", "stop"]));
    expect(end).toMatchObject(["EXIT", ["asked to", {}]]);
  }, many);
});

test("gen_server_SUITE: call leaves no late reply in the caller's mailbox", () => {
  simulate(function* main(self: Me) {
    const slow = scripted([], {
      *call(it, _what, _from, state) {
        yield* it.sleep(50);
        return ["reply", "late", state];
      },
    });
    const server = ok(yield* genServer.start(self, slow, []));
    const end = yield* outcome(genServer.call(self, server, ["ask", 1], 10));
    expect(end).toMatchObject(["EXIT", ["timeout", {}]]);
    const left = yield* self.receive({ _: (it: unknown) => it }, after(1_000));
    expect(left).toBeUndefined();
  }, many);
});

test("gen_server_SUITE: call forgets a time limit once a message has come", () => {
  simulate(function* main(self: Me) {
    const log: unknown[] = [];
    const waiting = scripted(log, {
      cast: (_it, what, state) =>
        what === "wait" ? ["noreply", state, 100] : ["noreply", state],
    });
    const server = ok(yield* genServer.start(self, waiting, []));
    genServer.cast(self, server, ["tell", "wait"]);
    genServer.cast(self, server, ["tell", "go on"]);
    yield* self.sleep(1_000);
    expect(log).toEqual([
      ["cast", "wait"],
      ["cast", "go on"],
    ]);
  }, many);
});

test("gen_server_SUITE: continue runs before the next message", () => {
  simulate(function* main(self: Me) {
    const log: unknown[] = [];
    const more = (state: unknown) =>
      ["noreply", state, ["continue", "then"]] as const;
    const continuing = scripted(log, {
      init: () => ["ok", 0, ["continue", "first"]],
      call: (_it, what, _from, state) => [
        "reply",
        what,
        state,
        ["continue", "then"],
      ],
      cast: (_it, _what, state) => more(state),
      info: (_it, _what, state) => more(state),
      more: (_it, what, state) =>
        what === "first" ? more(state) : ["noreply", state],
    });
    const server = ok(yield* genServer.start(self, continuing, []));
    genServer.cast(self, server, ["tell", 1]);
    self.send(server, 2);
    yield* genServer.call(self, server, ["ask", 3]);
    yield* genServer.stop(self, server);
    expect(log).toEqual([
      ["continue", "first"],
      ["continue", "then"],
      ["cast", 1],
      ["continue", "then"],
      ["info", 2],
      ["continue", "then"],
      ["call", 3],
      ["continue", "then"],
      ["terminate", "normal"],
    ]);
  }, many);
});

test("gen_server_SUITE: continue may stop the server, and a call has its reply", () => {
  simulate(function* main(self: Me) {
    const log: unknown[] = [];
    const stopping = scripted(log, {
      call: (_it, _what, _from, state) => [
        "reply",
        "ok",
        state,
        ["continue", "stop"],
      ],
      more: (_it, _what, state) => ["stop", "normal", state],
    });
    const server = ok(yield* genServer.start(self, stopping, []));
    const ref = self.monitor(server);
    expect(yield* genServer.call(self, server, ["ask", 1])).toBe("ok");
    const down = yield* self.receive();
    expect(down).toEqual(["DOWN", ref, "process", server, "normal"]);
  }, many);
});

test("gen_server_SUITE: abcast tells the servers of a name, absent ones too", () => {
  simulate(function* main(self: Me) {
    const log: unknown[] = [];
    const name = "my_server";
    ok(yield* genServer.start(self, scripted(log), [], { name }));
    const { abcast } = genServer;
    const nodes = [self.node, "nobody@127.0.0.1"];
    expect(abcast<Scripted>(self, nodes, name, ["tell", 1])).toBe("abcast");
    expect(abcast<Scripted>(self, nodes, "other", ["tell", 2])).toBe("abcast");
    yield* self.sleep(10);
    expect(log).toEqual([["cast", 1]]);
  }, many);
});

test("a call that is resumed again gives nothing and takes nothing", () => {
  simulate(function* main(self: Me) {
    const started = yield* genServer.start(self, scripted([], obliging), []);
    const ask = ["ask", "started_p"] as const;
    const asked = genServer.call(self, ok(started), ask);
    self.send(self.pid as Pid<unknown>, "innocent");
    expect(yield* asked).toBe("ok");
    expect(yield* asked).toBeUndefined();
    const nobody = genServer.call<Scripted, typeof ask>(self, "nobody", ask);
    expect(yield* outcome(nobody)).toMatchObject(["EXIT", ["noproc", {}]]);
    expect(yield* nobody).toBeUndefined();
    expect(yield* self.receive()).toBe("innocent");
  });
});

test("gen_server_SUITE: calling_self exits at once, by pid and by name", () => {
  simulate(function* main(self: Me) {
    self.register("me");
    const me = self.pid as ScriptedServer;
    for (const to of [me, "me", ["me", self.node]] as const) {
      const end = yield* outcome(
        genServer.call<Scripted, ["ask", 1]>(self, to, ["ask", 1]),
      );
      const made = ["gen_server", "call", [to, ["ask", 1]]];
      expect(end).toEqual(["EXIT", ["calling_self", made]]);
    }
    expect(isProcessAlive(self.pid)).toBe(true);
  });
});
