import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Pid, Self } from "#runtime";
import { withoutErlang } from "../real-erlang.ts";
import type { ErlangNode } from "./epmd/erlang-node.ts";
import { Neighbourhood } from "./erlang-peer.ts";
import { tuple } from "./etf/index.ts";
import { nodeOf } from "./node-of.ts";
import type { Place } from "./two-nodes.ts";

const HERE = "ts@127.0.0.1";
const THERE = "erl@127.0.0.1";

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

    test("a hundred thousand messages arrive in order, to here and to there", async () => {
      const count = 100_000;
      const last = count - 1;
      const sink = here.node.spawn(function* (self: Self<unknown>) {
        const [, report] = (yield* self.receive()) as [string, Pid<unknown>];
        for (let next = 0; next < count; next++) {
          const [, n] = (yield* self.receive()) as [string, number];
          if (n !== next) self.exit(["expected", next, "got", n]);
        }
        self.send(report, "all");
        for (let n = 0; n < count; n++) {
          self.send(report, ["back", n]);
          // A sender is held back where it could be stopped at all.
          if (n % 1_000 === 0) yield* self.yield();
        }
      });
      here.node.register("sink", sink as Pid);
      const answer = await erl.evaluate(
        `S = {sink, '${HERE}'}, R = monitor(process, S), S ! {report, self()},
       lists:foreach(fun(N) -> S ! {n, N} end, lists:seq(0, ${last})),
       A = receive all -> all; {'DOWN', R, _, _, W} -> W after 10000 -> late end,
       lists:foreach(fun(N) -> receive {back, N} -> ok; {back, M} -> exit({N, M})
         after 10000 -> exit({late, N}) end end, lists:seq(0, ${last})),
       demonitor(R, [flush]), {A, process_info(self(), message_queue_len)}`,
      );
      expect(answer).toBe("{all,{message_queue_len,0}}");
    });
  },
);
