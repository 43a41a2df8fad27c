import { afterEach, describe, expect, test } from "vitest";
import { type GenServer, genServer, type Pid, type Self } from "#runtime";
import { EpmdServer } from "./epmd/index.ts";
import { erpc } from "./erpc.ts";
import { atom, EtfError } from "./etf/index.ts";
import { memoryTransport } from "./memory-transport.ts";
import { nodeOf } from "./node-of.ts";
import type { DistributionOptions } from "./options.ts";
import { rpc } from "./rpc.ts";
import { type Place, place } from "./two-nodes.ts";

const A = "a@127.0.0.1";
const B = "b@127.0.0.1";

/** The two ways in which nodes of one program reach each other. */
const ways: Record<
  string,
  () => Promise<{ options: DistributionOptions; end?(): Promise<void> }>
> = {
  "in memory": async () => ({ options: { transport: memoryTransport() } }),
  "over sockets": async () => {
    const epmd = await EpmdServer.start({ port: 0 });
    const options = { epmd: { epmdPort: epmd.port } };
    return { options, end: () => epmd.close() };
  },
};

describe.each(Object.keys(ways))("two nodes of this runtime %s", (way) => {
  const ends: (() => void | Promise<void>)[] = [];

  async function pair(more: DistributionOptions = {}): Promise<[Place, Place]> {
    const { options, end } = await (ways[way] as (typeof ways)[string])();
    if (end) ends.push(end);
    const a = await place(A, { ...options, ...more });
    const b = await place(B, { ...options, ...more });
    ends.push(() => a.stop());
    ends.push(() => b.stop());
    return [a, b];
  }

  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  /** A process on `place` that does as it is told, under this name. */
  function servant(at: Place, name: string): Pid<unknown> {
    const pid = at.node.spawn(function* servant(self: Self<unknown>) {
      for (;;) {
        const [what, ...rest] = (yield* self.receive()) as [string, Pid, Pid];
        if (what === "exit") self.exit(rest[0]);
        if (what === "who")
          self.send(rest[0] as Pid<unknown>, ["me", self.pid]);
        if (what === "trap") self.trapExit(true);
        if (what === "link") self.link(rest[0] as Pid);
        if (what === "echo") self.send(rest[0] as Pid<unknown>, rest[1]);
      }
    });
    at.node.register(name, pid as Pid);
    return pid;
  }

  function* met(self: Self<unknown>, name: string) {
    self.send([name, B], ["who", self.pid]);
    const [, pid] = (yield* self.receive()) as [string, Pid<unknown>];
    return pid;
  }

  test("a ping connects, and both know each other", async () => {
    const [a, b] = await pair();
    expect(a.distribution.nodes()).toEqual([]);
    const answer = await a.run((self) => a.distribution.ping(self, B));
    expect(answer).toBe("pong");
    expect(a.distribution.nodes()).toEqual([B]);
    expect(b.distribution.nodes()).toEqual([A]);
  });

  test("a node that is not there is a pang", async () => {
    const [a] = await pair();
    const nobody = "nobody@127.0.0.1";
    const answer = await a.run((self) => a.distribution.ping(self, nobody));
    expect(answer).toBe("pang");
  });

  test("two nodes that call each other at once get one connection", async () => {
    const [a, b] = await pair();
    const answers = await Promise.all([
      a.run((self) => a.distribution.ping(self, B)),
      b.run((self) => b.distribution.ping(self, A)),
    ]);
    expect(answers).toEqual(["pong", "pong"]);
    expect(a.distribution.nodes()).toEqual([B]);
    expect(b.distribution.nodes()).toEqual([A]);
    const heard = await a.run(function* (self) {
      servant(b, "one");
      const pid = yield* met(self, "one");
      return nodeOf(pid);
    });
    expect(heard).toBe(B);
  });

  test("a pid is the same object each time, and its own at home", async () => {
    const [a, b] = await pair();
    const own = servant(b, "one");
    const found = await a.run(function* (self) {
      const first = yield* met(self, "one");
      const second = yield* met(self, "one");
      self.send(first, ["echo", self.pid, ["back", self.pid, first]]);
      const [, mine, theirs] = (yield* self.receive()) as unknown[];
      return [first === second, mine === self.pid, theirs === first];
    });
    expect(found).toEqual([true, true, true]);
    expect(nodeOf(own)).toBe(B);
  });

  test("a gen_server is called, cast to and stopped by its name on a node", async () => {
    const [a, b] = await pair();
    await b.run((self) =>
      genServer.start(self, counter, [5], { name: "counter" }),
    );
    const found = await a.run(function* (self) {
      const server = ["counter", B] as const;
      const before = yield* genServer.call<Counter, "value">(
        self,
        server,
        "value",
      );
      genServer.cast<Counter>(self, server, ["add", 2]);
      const after = yield* genServer.call<Counter, "value">(
        self,
        server,
        "value",
      );
      yield* genServer.stop(self, server);
      return [before, after];
    });
    expect(found).toEqual([5, 7]);
    expect(b.node.whereis("counter")).toBe(undefined);
  });

  test("links and monitors carry the reason, both ways", async () => {
    const [a, b] = await pair();
    servant(b, "one");
    const heard = await a.run(function* (self) {
      self.trapExit(true);
      const pid = yield* met(self, "one");
      self.link(pid as Pid);
      const ref = self.monitor(pid as Pid);
      const named = self.monitor(["one", B]);
      self.send(pid, ["exit", ["shutdown", "tired"]]);
      const all = [];
      for (let i = 0; i < 3; i++) {
        const [tag, ref2, , object, why] = (yield* self.receive()) as unknown[];
        all.push(
          tag === "EXIT"
            ? "EXIT"
            : [ref2 === ref || ref2 === named, object, why],
        );
      }
      return all.map((one) => (one === "EXIT" ? one : (one as unknown[])[2]));
    });
    expect(heard).toHaveLength(3);
    expect(heard.filter((one) => one === "EXIT")).toHaveLength(1);
    expect(heard.filter((one) => one !== "EXIT")).toEqual([
      ["shutdown", "tired"],
      ["shutdown", "tired"],
    ]);
  });

  test("a lost connection is noconnection and nodedown, and not death", async () => {
    const [a, b] = await pair();
    servant(b, "one");
    const heard = await a.run(function* (self) {
      self.trapExit(true);
      const pid = yield* met(self, "one");
      a.distribution.monitorNode(self, B, true);
      self.link(pid as Pid);
      self.monitor(pid as Pid);
      self.send(pid, ["trap"]);
      self.send(pid, ["who", self.pid]);
      yield* self.receive();
      b.distribution.disconnect(A);
      const all: unknown[] = [];
      for (let i = 0; i < 3; i++) {
        const message = (yield* self.receive()) as unknown[];
        all.push([message[0], message.at(-1)]);
      }
      const again = yield* met(self, "one");
      return [new Set(all), again === pid];
    });
    expect(heard).toEqual([
      new Set([
        ["EXIT", "noconnection"],
        ["DOWN", "noconnection"],
        ["nodedown", B],
      ]),
      true,
    ]);
  });

  test("all who are tied to a lost node hear of it, whoever dies of it first", async () => {
    const [a, b] = await pair();
    const far = servant(b, "one");
    const heard = await a.run(function* (self) {
      self.trapExit(true);
      const pid = (yield* met(self, "one")) as Pid;
      self.monitor(pid);
      const linked = [1, 2, 3].map(() =>
        self.spawnLink(function* linked(it: Self<unknown>) {
          it.link(pid);
          it.send(self.pid, ["linked"]);
          yield* it.receive({});
        }),
      );
      for (const _ of linked)
        yield* self.receive({ linked: () => {} } as never);
      a.distribution.disconnect(B);
      const all: unknown[] = [];
      while (all.length < 4) {
        const message = (yield* self.receive()) as unknown[];
        all.push([message[0], message.at(-1)]);
      }
      return all.map(String).sort();
    });
    const exit = "EXIT,noconnection";
    expect(heard).toEqual(["DOWN,noconnection", exit, exit, exit]);
    expect(b.node.processes()).toContain(far);
  });

  test("links and monitors to a node out of reach are noconnection", async () => {
    const [a, b] = await pair();
    servant(b, "one");
    const heard = await a.run(function* (self) {
      self.trapExit(true);
      const pid = yield* met(self, "one");
      b.stop();
      self.monitor(["x", B]);
      const first = (yield* self.receive()) as unknown[];
      self.link(pid as Pid);
      const second = (yield* self.receive()) as unknown[];
      self.send(pid, "lost");
      return [first.slice(3), second[2]];
    });
    expect(heard).toEqual([[["x", B], "noconnection"], "noconnection"]);
  });

  test("ten thousand messages arrive in order, each way", async () => {
    const [a, b] = await pair();
    const count = 10_000;
    servant(b, "one");
    const inOrder = await a.run(function* (self) {
      const pid = yield* met(self, "one");
      for (let n = 0; n < count; n++)
        self.send(pid, ["echo", self.pid, ["n", n]]);
      for (let n = 0; n < count; n++) {
        const [, got] = (yield* self.receive()) as [string, number];
        if (got !== n) return n;
      }
      return count;
    });
    expect(inOrder).toBe(count);
  });

  test("a call to a server whose node is lost exits with nodedown", async () => {
    const [a, b] = await pair();
    servant(b, "one");
    const call = a.run(function* (self) {
      const pid = yield* met(self, "one");
      self.spawn(function* () {
        b.distribution.disconnect(A);
      });
      yield* genServer.call(self, pid as never, "hello" as never);
    });
    await expect(call).rejects.toMatchObject({
      reason: [
        ["nodedown", B],
        ["gen_server", "call", expect.anything()],
      ],
    });
  });

  test("what has no term is refused where it is sent", async () => {
    const [a] = await pair();
    const sent = a.run(function* (self) {
      yield* a.distribution.ping(self, B);
      self.send(["one", B], ["call me", () => {}]);
    });
    await expect(sent).rejects.toThrow(EtfError);
  });

  test("rpc and erpc call what is allowed, on the own node as well", async () => {
    const allow = {
      lists: { sum: (_self: unknown, all: number[]) => all.length },
    };
    const [a] = await pair({ allow });
    const found = await a.run(function* (self) {
      return [
        yield* rpc.call(self, B, "lists", "sum", [[1, 2]]),
        yield* rpc.call(self, A, "lists", "sum", [[1]]),
        yield* erpc.call(self, B, "lists", "sum", [[1, 2]]),
        yield* rpc.multicall(self, [A, B], "erlang", "node", []),
      ] as unknown[];
    });
    expect(found).toEqual([2, 1, 2, [[atom(A), atom(B)], []]]);
  });

  test("another cookie lets nobody in", async () => {
    const [a, b] = await pair({ cookieFor: { [A]: "other" } });
    const answer = await a.run((self) => a.distribution.ping(self, B));
    expect(answer).toBe("pang");
    expect(JSON.stringify(b.reports)).toContain("Invalid challenge reply");
  });
});

interface Counter {
  call: { value(): number };
  cast: { add(amount: number): void };
}
const counter: GenServer<Counter, number, [number]> = {
  init: (_self, value) => ["ok", value],
  handleCall: { value: (_self, value) => ["reply", value, value] },
  handleCast: { add: (_self, value, amount) => ["noreply", value + amount] },
};
