import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Exit } from "#runtime";
import { withoutErlang } from "../real-erlang.ts";
import type { ErlangNode } from "./epmd/erlang-node.ts";
import { Neighbourhood } from "./erlang-peer.ts";
import { erpc } from "./erpc.ts";
import { atom, tuple } from "./etf/index.ts";
import { rpc } from "./rpc.ts";
import type { Place } from "./two-nodes.ts";

const HERE = "ts@127.0.0.1";
const THERE = "erl@127.0.0.1";

describe.skipIf(withoutErlang)(
  "rpc with a real Erlang node",
  { timeout: 20_000 },
  () => {
    let street: Neighbourhood;
    let here: Place;
    let erl: ErlangNode;

    beforeAll(async () => {
      street = await Neighbourhood.open();
      here = await street.here(HERE, {
        allow: {
          lists: {
            sum: (_self, numbers: number[]) =>
              numbers.reduce((sum, one) => sum + one, 0),
          },
          demo: {
            thrown: () => {
              throw atom("ball");
            },
            exits: (self) => self.exit("why"),
            fails: () => {
              throw new RangeError("too far");
            },
            promised: async () => "later",
            *slow(self, ms: number) {
              yield* self.sleep(ms);
              return atom("ok");
            },
            *killed(self) {
              self.sendExit(self.pid, "kill");
              yield* self.receive();
            },
            unspeakable: () => () => {},
          },
        },
      });
      erl = await street.erl(THERE);
    }, 30_000);

    afterAll(async () => {
      await street?.close();
    });

    const call = (m: string, f: string, args: unknown[], ms?: number) =>
      here.run((self) => rpc.call(self, THERE, m, f, args, ms));

    test("a call to Erlang gives the value, with the shapes of rpc:call", async () => {
      expect(await call("lists", "sum", [[1, 2, 3]])).toBe(6);
      expect(await call("erlang", "node", [])).toBe(atom(THERE));
      expect(await call("erlang", "throw", ["ball"])).toBe("ball");
      expect(await call("erlang", "exit", [atom("why")])).toEqual([
        "badrpc",
        ["EXIT", "why"],
      ]);
      expect(await call("erlang", "error", [atom("why")])).toEqual([
        "badrpc",
        ["EXIT", ["why", expect.anything()]],
      ]);
      expect(await call("no_mod", "no_fun", [1])).toEqual([
        "badrpc",
        ["EXIT", ["undef", [["no_mod", atom("no_fun"), [1], []]]]],
      ]);
      expect(await call("timer", "sleep", [500], 20)).toEqual([
        "badrpc",
        "timeout",
      ]);
      const nobody = await here.run((self) =>
        rpc.call(self, "nobody@127.0.0.1", "erlang", "node", []),
      );
      expect(nobody).toEqual(["badrpc", "nodedown"]);
    });

    test("cast, asyncCall and multicall do as Erlang's do", async () => {
      const found = await here.run(function* (self) {
        self.register("caster");
        const cast = rpc.cast(self, THERE, "erlang", "send", [
          tuple(atom("caster"), atom(HERE)),
          atom("hello"),
        ]);
        const heard = yield* self.receive();
        const key = rpc.asyncCall(self, THERE, "erlang", "node", []);
        const value = yield* rpc.yield(self, key);
        const slow = rpc.asyncCall(self, THERE, "timer", "sleep", [200]);
        const early = yield* rpc.nbYield(self, slow, 10);
        const nodes = [HERE, THERE, "nobody@127.0.0.1"];
        const many = yield* rpc.multicall(self, nodes, "erlang", "node", []);
        return { cast, heard, value, early, many } as unknown;
      });
      expect(found).toEqual({
        cast: true,
        heard: "hello",
        value: atom(THERE),
        early: "timeout",
        many: [[atom(HERE), atom(THERE)], ["nobody@127.0.0.1"]],
      });
    });

    test("Erlang calls what is allowed here, and nothing else", async () => {
      const answer = await erl.evaluate(
        `C = fun(M, F, A) -> case rpc:call('${HERE}', M, F, A) of
         {badrpc, {'EXIT', {R, S}}} when is_list(S) -> {failed, R}; X -> X end end,
       [C(lists, sum, [[1, 2, 3]]), C(demo, thrown, []), C(demo, exits, []),
        C(demo, fails, []), C(demo, promised, []), C(demo, killed, []),
        C(os, cmd, ["id"]), C(erlang, halt, []), C(constructor, name, []),
        rpc:call('${HERE}', demo, slow, [1000], 20)]`,
      );
      expect(answer).toBe(
        "[6,ball,{badrpc,{'EXIT',why}}," +
          '{failed,{\'RangeError\',<<"too far">>}},<<"later">>,' +
          "{badrpc,{'EXIT',killed}},{failed,undef},{failed,undef}," +
          "{failed,undef},{badrpc,timeout}]",
      );
    });

    test("Erlang's erpc tells the classes apart", async () => {
      const answer = await erl.evaluate(
        `E = fun(M, F, A) -> try erpc:call('${HERE}', M, F, A) of V -> {value, V}
         catch error:{exception, R, _} -> {error, R}; Class:R -> {Class, R} end end,
       [E(lists, sum, [[1, 2]]), E(demo, thrown, []), E(demo, exits, []),
        E(demo, fails, []), E(os, cmd, ["id"]), E(demo, killed, []),
        E(demo, unspeakable, [])]`,
      );
      expect(answer).toContain(
        "[{value,3},{throw,ball},{exit,{exception,why}}," +
          "{error,{'RangeError',<<\"too far\">>}},{error,undef}," +
          "{exit,{signal,killed}},",
      );
    });

    test("the old server protocol is answered too", async () => {
      const answer = await erl.evaluate(
        `[gen_server:call({rex, '${HERE}'}, {call, lists, sum, [[1, 2]], group_leader()}),
        gen_server:call({rex, '${HERE}'}, {block_call, lists, sum, [[3]], group_leader()}),
        rpc:block_call('${HERE}', lists, sum, [[4]]),
        rpc:multicall(['${HERE}', node()], lists, sum, [[5]])]`,
      );
      expect(answer).toBe("[3,3,4,{[5,5],[]}]");
    });

    test("erpc.call throws what was thrown, and names every other end", async () => {
      const outcome = (m: string, f: string, args: unknown[], ms?: number) =>
        here
          .run((self) => erpc.call(self, THERE, m, f, args, ms))
          .catch((error: unknown) =>
            error instanceof Exit
              ? ["exit", error.reason]
              : ((error as { code?: string }).code ?? ["throw", error]),
          );
      expect(await outcome("lists", "sum", [[1, 2, 3]])).toBe(6);
      expect(await outcome("erlang", "throw", [atom("ball")])).toEqual([
        "throw",
        atom("ball"),
      ]);
      expect(await outcome("erlang", "exit", [atom("why")])).toEqual([
        "exit",
        ["exception", "why"],
      ]);
      expect(await outcome("erlang", "error", [atom("why")])).toBe("exception");
      expect(await outcome("no_mod", "no_fun", [])).toBe("undef");
      expect(await outcome("timer", "sleep", [500], 20)).toBe("timeout");
      const nobody = here.run((self) =>
        erpc.call(self, "nobody@127.0.0.1", "erlang", "node", []),
      );
      await expect(nobody).rejects.toMatchObject({ code: "noconnection" });
    });
  },
);
