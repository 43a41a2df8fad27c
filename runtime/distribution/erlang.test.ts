import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type GenServer, genServer, type Pid, type Self } from "#runtime";
import type { ErlangNode } from "./epmd/erlang-node.ts";
import { Neighbourhood, withoutErlang } from "./erlang-peer.ts";
import { atom, tuple } from "./etf/index.ts";
import { nodeOf } from "./node-of.ts";
import type { Place } from "./two-nodes.ts";

const HERE = "ts@127.0.0.1";
const THERE = "erl@127.0.0.1";

interface Account {
  call: { deposit(amount: number): number; balance(): number };
  cast: { reset(): void };
}
const account: GenServer<Account, number, [number]> = {
  init: (_self, opening) => ["ok", opening],
  handleCall: {
    deposit: (_self, balance, amount) => {
      const sum = balance + amount;
      return ["reply", sum, sum];
    },
    balance: (_self, balance) => ["reply", balance, balance],
  },
  handleCast: { reset: () => ["noreply", 0] },
};

describe.skipIf(withoutErlang)(
  "with a real Erlang node",
  { timeout: 20_000 },
  () => {
    let street: Neighbourhood;
    let here: Place;
    let erl: ErlangNode;

    beforeAll(async () => {
      street = await Neighbourhood.open();
      here = await street.here(HERE);
      erl = await street.erl(THERE);
    }, 30_000);

    afterAll(async () => {
      await street?.close();
    });

    test("Erlang's ping of this node is a pong", async () => {
      expect(await erl.evaluate(`net_adm:ping('${HERE}')`)).toBe("pong");
      expect(await erl.evaluate("nodes()")).toBe(`['${HERE}']`);
      expect(here.distribution.nodes()).toEqual([THERE]);
    });

    test("this node's ping of Erlang is a pong", async () => {
      here.distribution.disconnect(THERE);
      const answer = await here.run((self) =>
        here.distribution.ping(self, THERE),
      );
      expect(answer).toBe("pong");
    });

    test("a registered process here is sent to by name and answers by pid", async () => {
      const echo = here.node.spawn(function* (
        self: Self<[string, Pid<unknown>]>,
      ) {
        const [word, from] = yield* self.receive();
        self.send(from, ["heard", word, self.pid]);
      });
      here.node.register("echo", echo as Pid);
      const answer = await erl.evaluate(
        `{echo, '${HERE}'} ! {hello, self()},
       receive {heard, W, P} -> {W, node(P)} after 5000 -> late end`,
      );
      expect(answer).toBe(`{<<"hello">>,'${HERE}'}`);
    });

    test("a registered process there is sent to by name, and its pid stays the same object", async () => {
      await erl.evaluate(
        `register(twice, spawn(fun() ->
         receive {twice, P} -> P ! {here, self()}, P ! {here, self()} end end))`,
      );
      const [first, second] = await here.run(function* (self) {
        self.send(["twice", THERE], ["twice", self.pid]);
        return [yield* self.receive(), yield* self.receive()];
      });
      const [[, one], [, two]] = [first, second] as [
        [string, Pid],
        [string, Pid],
      ];
      expect(one).toBe(two);
      expect(nodeOf(one)).toBe(THERE);
    });

    test("a pid of ours that went to Erlang comes back as the same object", async () => {
      await erl.evaluate(
        `register(mirror, spawn(fun() ->
         receive {P, Ref} -> P ! {back, P, Ref, self()} end end))`,
      );
      const same = await here.run(function* (self) {
        const ref = self.makeRef();
        self.send(["mirror", THERE], tuple(self.pid, ref));
        const [, pid, back] = (yield* self.receive()) as unknown[];
        return [pid === self.pid, back === ref];
      });
      expect(same).toEqual([true, true]);
    });

    test("Erlang calls and casts a gen_server here", async () => {
      await here.run((self) =>
        genServer.start(self, account, [100], { name: "account" }),
      );
      const server = `{account, '${HERE}'}`;
      expect(
        await erl.evaluate(`gen_server:call(${server}, {deposit, 5})`),
      ).toBe("105");
      expect(await erl.evaluate(`gen_server:call(${server}, balance)`)).toBe(
        "105",
      );
      expect(
        await erl.evaluate(
          `ok = gen_server:cast(${server}, reset), gen_server:call(${server}, balance)`,
        ),
      ).toBe("0");
    });

    test("a process here calls a gen_server there", async () => {
      await erl.evaluate(
        `register(doubler, spawn(fun() ->
         receive {'$gen_call', From, {double, N}} -> gen_server:reply(From, 2 * N) end,
         receive {'$gen_call', From2, which} -> gen_server:reply(From2, ok) end end))`,
      );
      const answers = await here.run(function* (self) {
        const server = ["doubler", THERE] as never;
        const first = yield* genServer.call(self, server, [
          "double",
          21,
        ] as never);
        const second = yield* genServer.call(self, server, "which" as never);
        return [first, second] as unknown[];
      });
      expect(answers).toEqual([42, atom("ok")]);
    });

    test("a call to a name that nobody has there exits with noproc", async () => {
      const call = here.run((self) =>
        genServer.call(self, ["nobody", THERE] as never, "hello" as never),
      );
      await expect(call).rejects.toMatchObject({
        reason: [
          "noproc",
          ["gen_server", "call", [["nobody", THERE], "hello"]],
        ],
      });
    });

    test("ten thousand messages arrive in order, both ways", async () => {
      const count = 10_000;
      const sink = here.node.spawn(function* (self: Self<unknown>) {
        let next = 0;
        let report: Pid<unknown> | undefined;
        while (next < count) {
          const [, n, from] = (yield* self.receive()) as [string, number, Pid];
          if (n !== next) return;
          next++;
          report = from as Pid<unknown>;
        }
        for (let n = 0; report && n < count; n++)
          self.send(report, ["back", n]);
      });
      here.node.register("sink", sink as Pid);
      const answer = await erl.evaluate(
        `[{sink, '${HERE}'} ! {n, N, self()} || N <- lists:seq(0, ${count - 1})],
       [receive {back, N} -> N after 10000 -> exit(late) end || N <- lists:seq(0, ${count - 1})]
         =:= lists:seq(0, ${count - 1})`,
      );
      expect(answer).toBe("true");
    });

    test("replies to callers without an alias go to their pid", async () => {
      await here.run((self) =>
        genServer.start(self, account, [1], { name: "savings" }),
      );
      const answer = await erl.evaluate(
        `{savings, '${HERE}'} ! {'$gen_call', {self(), {my, tag}}, {deposit, 1}},
       A = receive {{my, tag}, X} -> X after 5000 -> late end,
       R = make_ref(), {savings, '${HERE}'} ! {'$gen_call', {self(), R}, balance},
       B = receive {R, Y} -> Y after 5000 -> late end,
       {A, B, gen_server:multi_call(['${HERE}', node()], savings, balance, 5000)}`,
      );
      expect(answer).toBe(`{2,2,{[{'${HERE}',2}],['${THERE}']}}`);
    });
  },
);
