import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { withoutErlang } from "../real-erlang.ts";
import { Neighbourhood } from "./erlang-peer.ts";
import type { Place } from "./two-nodes.ts";

const HERE = "ts@127.0.0.1";

describe.skipIf(withoutErlang)(
  "a cluster with real Erlang nodes",
  { timeout: 20_000 },
  () => {
    let street: Neighbourhood;

    beforeEach(async () => {
      street = await Neighbourhood.open();
    });

    afterEach(async () => {
      await street.close();
    });

    const ping = (from: Place, to: string) =>
      from.run((self) => from.distribution.ping(self, to));

    /** Waits until all of these nodes are up. */
    function allUp(from: Place, ...names: string[]): Promise<void> {
      return from.run(function* (self) {
        const wanted = new Set(names);
        from.distribution.monitorNodes(self, true);
        for (const name of from.distribution.nodes()) wanted.delete(name);
        while (wanted.size > 0) {
          const [, name] = (yield* self.receive()) as [string, string];
          wanted.delete(name);
        }
      });
    }

    test("another cookie is a pang on both sides, and is reported", async () => {
      const here = await street.here(HERE);
      const stranger = await street.erl("stranger@127.0.0.1", {
        cookie: "other",
      });
      expect(await ping(here, "stranger@127.0.0.1")).toBe("pang");
      await stranger.printed(/Invalid challenge reply/);
      expect(await stranger.evaluate(`net_adm:ping('${HERE}')`)).toBe("pang");
      expect(JSON.stringify(here.reports)).toContain(
        "Connection attempt from node 'stranger@127.0.0.1' rejected. Invalid challenge reply",
      );
      expect(here.distribution.nodes("connected")).toEqual([]);
    });

    test("a cookie for one node lets that one in", async () => {
      const here = await street.here(HERE, {
        cookieFor: { "stranger@127.0.0.1": "other" },
      });
      await street.erl("stranger@127.0.0.1", { cookie: "other" });
      expect(await ping(here, "stranger@127.0.0.1")).toBe("pong");
    });

    test("who meets one node of a cluster is soon connected to all", async () => {
      const here = await street.here(HERE);
      const other = await street.here("other@127.0.0.1");
      const one = await street.erl("one@127.0.0.1");
      const two = await street.erl("two@127.0.0.1");
      expect(await ping(here, "other@127.0.0.1")).toBe("pong");
      expect(await one.evaluate(`net_adm:ping('${HERE}')`)).toBe("pong");
      await allUp(other, HERE, "one@127.0.0.1");
      expect(await ping(other, "two@127.0.0.1")).toBe("pong");
      await allUp(here, "other@127.0.0.1", "one@127.0.0.1", "two@127.0.0.1");
      await allUp(other, HERE, "one@127.0.0.1", "two@127.0.0.1");
      const met = await one.evaluate(
        `net_kernel:monitor_nodes(true),
       case lists:member('two@127.0.0.1', nodes()) of true -> ok;
         false -> receive {nodeup, 'two@127.0.0.1'} -> ok after 5000 -> late end end,
       lists:sort(nodes())`,
      );
      expect(met).toBe(`['other@127.0.0.1','${HERE}','two@127.0.0.1']`);
      // A ping waits for a handshake whose other side was through sooner.
      const pings = `[net_adm:ping(N) || N <- ['one@127.0.0.1', '${HERE}', 'other@127.0.0.1']]`;
      expect(await two.evaluate(`{${pings}, length(nodes())}`)).toBe(
        "{[pong,pong,pong],3}",
      );
    });

    test("with connectAll off, a node keeps its acquaintances to itself", async () => {
      const here = await street.here(HERE, { connectAll: false });
      const one = await street.erl("one@127.0.0.1");
      const two = await street.erl("two@127.0.0.1");
      expect(await ping(here, "one@127.0.0.1")).toBe("pong");
      expect(await ping(here, "two@127.0.0.1")).toBe("pong");
      expect(await one.evaluate("nodes()")).toBe(`['${HERE}']`);
      expect(await two.evaluate("nodes()")).toBe(`['${HERE}']`);
    });

    test("a hidden node is in nobody's nodes()", async () => {
      const here = await street.here(HERE, { hidden: true });
      const one = await street.erl("one@127.0.0.1");
      expect(await ping(here, "one@127.0.0.1")).toBe("pong");
      expect(await one.evaluate("{nodes(), nodes(hidden)}")).toBe(
        `{[],['${HERE}']}`,
      );
      expect(here.distribution.nodes()).toEqual([]);
      expect(here.distribution.nodes("hidden")).toEqual(["one@127.0.0.1"]);
    });

    test("a node that is killed is noconnection and nodedown to Erlang", async () => {
      const one = await street.erl("one@127.0.0.1");
      const name = "doomed@127.0.0.1";
      const doomed = await street.doomed(name);
      expect(await one.evaluate(`net_adm:ping('${name}')`)).toBe("pong");
      const told = one.evaluate(
        `monitor_node('${name}', true), R = monitor(process, {victim, '${name}'}),
       V = rpc:call('${name}', erlang, node, []), io:format("ready~n"),
       A = receive {nodedown, N} -> N after 9000 -> late end,
       B = receive {'DOWN', R, _, _, W} -> W after 9000 -> late end, {V, A, B}`,
      );
      await one.printed(/ready/);
      doomed.kill("SIGKILL");
      expect(await told).toBe(`{'${name}','${name}',noconnection}`);
    });
  },
);
