import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Pid, Self } from "#runtime";
import { withoutErlang } from "../real-erlang.ts";
import type { ErlangNode } from "./epmd/erlang-node.ts";
import { Neighbourhood } from "./erlang-peer.ts";
import type { Place } from "./two-nodes.ts";

const HERE = "ts@127.0.0.1";
const THERE = "erl@127.0.0.1";

describe.skipIf(withoutErlang)(
  "signals to and from a real Erlang node",
  { timeout: 20_000 },
  () => {
    let street: Neighbourhood;
    let here: Place;
    let erl: ErlangNode;

    beforeAll(async () => {
      street = await Neighbourhood.open();
      here = await street.here(HERE, {
        allow: {
          test: {
            whereis: (self, name) => self.whereis(`${name.text}`),
            *wait(self) {
              yield* self.receive();
            },
            *fail(self, reason) {
              yield* self.yield();
              self.exit(reason);
            },
          },
        },
      });
      erl = await street.erl(THERE);
    }, 30_000);

    afterAll(async () => {
      await street?.close();
    });

    /** A process there that does as it is told. */
    async function helper(name: string): Promise<void> {
      await erl.evaluate(
        `register(${name}, spawn(fun() ->
         Loop = fun(L) -> receive
           {who, P} -> P ! {me, self()}, L(L);
           {exit, R} -> exit(R);
           {link, P} -> link(P), P ! linked, L(L);
           {unlink, P} -> unlink(P), P ! unlinked, L(L);
           {trap, P} -> process_flag(trap_exit, true), P ! trapping, L(L);
           {'EXIT', _, _} -> L(L)
         end end, Loop(Loop) end))`,
      );
    }

    function* met(self: Self<unknown>, name: string) {
      self.send([name, THERE], ["who", self.pid]);
      const [, pid] = (yield* self.receive()) as [string, Pid<unknown>];
      return pid;
    }

    test("a monitor tells of an end there, with its reason", async () => {
      await helper("m1");
      const down = await here.run(function* (self) {
        const pid = yield* met(self, "m1");
        const ref = self.monitor(pid as Pid);
        self.send(pid, ["exit", ["because", 7]]);
        const message = (yield* self.receive()) as unknown[];
        return [message[0], message[1] === ref, message[3] === pid, message[4]];
      });
      expect(down).toEqual(["DOWN", true, true, ["because", 7]]);
    });

    test("a monitor by name says noproc where nobody has the name", async () => {
      const down = await here.run(function* (self) {
        self.monitor(["no_such_name", THERE]);
        return (yield* self.receive()) as unknown[];
      });
      expect(down.slice(3)).toEqual([["no_such_name", THERE], "noproc"]);
    });

    test("a link carries an end there to here", async () => {
      await helper("l1");
      const exit = await here.run(function* (self) {
        self.trapExit(true);
        const pid = yield* met(self, "l1");
        self.link(pid as Pid);
        self.send(pid, ["exit", ["shutdown", "late"]]);
        const message = (yield* self.receive()) as unknown[];
        return [message[0], message[1] === pid, message[2]];
      });
      expect(exit).toEqual(["EXIT", true, ["shutdown", "late"]]);
    });

    test("a link that is taken back carries nothing", async () => {
      await helper("l2");
      const heard = await here.run(function* (self) {
        self.trapExit(true);
        const pid = yield* met(self, "l2");
        self.link(pid as Pid);
        self.unlink(pid as Pid);
        const ref = self.monitor(pid as Pid);
        self.send(pid, ["exit", "gone"]);
        const message = (yield* self.receive()) as unknown[];
        return [message[0], message[1] === ref, message[4]];
      });
      expect(heard[0]).toBe("DOWN");
      expect(heard[1]).toBe(true);
    });

    test("Erlang's links and monitors hear of an end here", async () => {
      const victim = here.node.spawn(function* (self: Self<unknown>) {
        yield* self.receive();
        self.exit(["enough", 1]);
      });
      here.node.register("victim", victim as Pid);
      const answer = await erl.evaluate(
        `process_flag(trap_exit, true),
       V = rpc:call('${HERE}', test, whereis, [victim]), link(V), R = monitor(process, V),
       R2 = monitor(process, {victim, '${HERE}'}), V ! go,
       A = receive {'EXIT', V, W1} -> W1 after 5000 -> late end,
       B = receive {'DOWN', R, _, V, W2} -> W2 after 5000 -> late end,
       C = receive {'DOWN', R2, _, O, W3} -> {O, W3} after 5000 -> late end,
       process_flag(trap_exit, false), {A, B, C}`,
      );
      expect(answer).toBe(
        `{{enough,1},{enough,1},{{victim,'${HERE}'},{enough,1}}}`,
      );
    });

    test("exit signals without a link go both ways, kill as killed", async () => {
      await helper("e1");
      const reasons = await here.run(function* (self) {
        const pid = yield* met(self, "e1");
        self.monitor(pid as Pid);
        self.sendExit(pid as Pid, "normal");
        self.sendExit(pid as Pid, "kill");
        return ((yield* self.receive()) as unknown[])[4];
      });
      expect(reasons).toBe("killed");
      const target = here.node.spawn(function* (self: Self<unknown>) {
        yield* self.receive();
      });
      here.node.register("target", target as Pid);
      const answer = await erl.evaluate(
        `T = rpc:call('${HERE}', test, whereis, [target]), TR = monitor(process, T),
       exit(T, kill), receive {'DOWN', TR, _, _, TW} -> TW after 5000 -> late end`,
      );
      expect(answer).toBe("killed");
    });

    test("a trapping process here gets the EXIT of an Erlang exit/2", async () => {
      const heard = here.run(function* (self) {
        self.trapExit(true);
        self.register("trapper");
        return (yield* self.receive()) as unknown[];
      });
      await erl.evaluate(
        `exit(rpc:call('${HERE}', test, whereis, [trapper]), {no, hard, feelings})`,
      );
      const [tag, , reason] = await heard;
      expect([tag, `${reason}`]).toEqual(["EXIT", "no,hard,feelings"]);
    });

    test("Erlang spawns, links and monitors a function that is allowed here", async () => {
      const answer = await erl.evaluate(
        `process_flag(trap_exit, true),
       S = spawn_link('${HERE}', test, fail, [{sad, 1}]),
       SA = receive {'EXIT', S, SW} -> {node(S), SW} after 5000 -> late end,
       {U, UR} = spawn_monitor('${HERE}', nothing, there, []),
       UA = receive {'DOWN', UR, _, U, {UW, _}} -> UW after 5000 -> late end,
       process_flag(trap_exit, false), {SA, UA}`,
      );
      expect(answer).toBe(`{{'${HERE}',{sad,1}},undef}`);
    });

    test("a cut connection is noconnection on both sides, and not death", async () => {
      await helper("c1");
      const waiter = here.node.spawn(function* waiter(self: Self<unknown>) {
        for (;;) {
          const [, from] = (yield* self.receive()) as [string, Pid<unknown>];
          self.send(from, "alive");
        }
      });
      here.node.register("waiter", waiter as Pid);
      await erl.evaluate(
        `put(w, rpc:call('${HERE}', test, whereis, [waiter])), monitor(process, get(w))`,
      );
      const heard = await here.run(function* (self) {
        self.trapExit(true);
        here.distribution.monitorNodes(self, true);
        const pid = yield* met(self, "c1");
        self.send(pid, ["trap", self.pid]);
        yield* self.receive();
        self.link(pid as Pid);
        const ref = self.monitor(pid as Pid);
        here.distribution.disconnect(THERE);
        const messages = [];
        for (let i = 0; i < 3; i++) {
          messages.push((yield* self.receive()) as unknown[]);
        }
        self.send(pid, ["who", self.pid]);
        const up = yield* self.receive();
        const me = (yield* self.receive()) as unknown[];
        return {
          down: messages.find(([tag]) => tag === "DOWN")?.slice(4),
          isRef: messages.find(([tag]) => tag === "DOWN")?.[1] === ref,
          exit: messages.find(([tag]) => tag === "EXIT")?.[2],
          nodedown: messages.find(([tag]) => tag === "nodedown")?.[1],
          up,
          same: me[1] === pid,
        };
      });
      expect(heard).toEqual({
        down: ["noconnection"],
        isRef: true,
        exit: "noconnection",
        nodedown: THERE,
        up: ["nodeup", THERE],
        same: true,
      });
      const answer = await erl.evaluate(
        `WD = receive {'DOWN', _, _, _, WW} -> WW after 5000 -> late end,
       get(w) ! {who, self()}, {WD, receive alive -> alive after 5000 -> late end}`,
      );
      expect(answer).toBe("{noconnection,alive}");
    });

    test("a killed Erlang node is noconnection and nodedown here", async () => {
      const doomed = await street.erl("doomed@127.0.0.1");
      const heard = here.run(function* (self) {
        const name = "doomed@127.0.0.1";
        here.distribution.monitorNode(self, name, true);
        self.monitor(["rex", name]);
        const both = [yield* self.receive(), yield* self.receive()];
        return both.map((one) => {
          const message = one as unknown[];
          return message[0] === "DOWN" ? message.slice(3) : message;
        });
      });
      const pong = await here.run((self) =>
        here.distribution.ping(self, "doomed@127.0.0.1"),
      );
      expect(pong).toBe("pong");
      await doomed.kill();
      expect(new Set(await heard)).toEqual(
        new Set([
          [["rex", "doomed@127.0.0.1"], "noconnection"],
          ["nodedown", "doomed@127.0.0.1"],
        ]),
      );
    });
  },
);
