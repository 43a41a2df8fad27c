import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Self, VirtualClock } from "#runtime";
import { withoutErlang } from "../real-erlang.ts";
import { Neighbourhood } from "./erlang-peer.ts";

const HERE = "ts@127.0.0.1";
const THERE = "erl@127.0.0.1";
const QUARTER_MS = 15_000;

// A stopped process keeps its sockets open and answers nothing: to the other
// side it is neither there nor gone. Only the tick time tells.
describe.skipIf(withoutErlang)(
  "a node that stands still, with its sockets open",
  { timeout: 30_000 },
  () => {
    let street: Neighbourhood;

    beforeEach(async () => {
      street = await Neighbourhood.open();
    });

    afterEach(async () => {
      await street.close();
    });

    test("Erlang stopped by SIGSTOP is gone after the tick time, and is met again", async () => {
      const clock = new VirtualClock();
      const here = await street.here(HERE, {}, clock);
      const erl = await street.erl(THERE);
      const ping = () =>
        here.run((self) => here.distribution.ping(self, THERE));
      expect(await ping()).toBe("pong");
      erl.signal("SIGSTOP");
      const down = here.run(function* (self: Self<unknown>) {
        here.distribution.monitorNodes(self, true);
        self.monitor(["rex", THERE] as never);
        return [yield* self.receive(), yield* self.receive()];
      });
      let quarters = 0;
      while (here.distribution.nodes().length > 0 && quarters < 10) {
        const untilMs = clock.now() + QUARTER_MS;
        while (clock.now() < untilMs && clock.advance()) {
          // What the sockets have to tell is told between two moments.
          await new Promise((resolve) => setImmediate(resolve));
        }
        quarters++;
      }
      // What it had sent before it stopped may have been one more sign of life.
      expect([5, 6]).toContain(quarters);
      expect(await down).toEqual(
        expect.arrayContaining([
          ["nodedown", THERE],
          expect.arrayContaining(["DOWN", "noconnection"]),
        ]),
      );
      expect(JSON.stringify(here.reports)).toContain("net_tick_timeout");
      erl.signal("SIGCONT");
      expect(await ping()).toBe("pong");
    });

    test("a node here stopped by SIGSTOP is gone to Erlang, and is met again", async () => {
      const options = ["-kernel", "net_ticktime", "1"];
      const erl = await street.erl(THERE, { options });
      const name = "frozen@127.0.0.1";
      const child = await street.doomed(name, 1_000);
      expect(await erl.evaluate(`net_adm:ping('${name}')`)).toBe("pong");
      const told = erl.evaluate(
        `net_kernel:monitor_nodes(true, [nodedown_reason]), R = monitor(process, {victim, '${name}'}),
       V = rpc:call('${name}', erlang, node, []), io:format("ready~n"),
       A = receive {nodedown, _, [{nodedown_reason, Y}]} -> Y after 19000 -> late end,
       B = receive {'DOWN', R, _, _, W} -> W after 19000 -> late end, {V, A, B}`,
      );
      await erl.printed(/ready/);
      child.kill("SIGSTOP");
      expect(await told).toBe(`{'${name}',net_tick_timeout,noconnection}`);
      child.kill("SIGCONT");
      expect(await erl.evaluate(`net_adm:ping('${name}')`)).toBe("pong");
    });
  },
);
