import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { genServer, type Pid, type Self } from "#runtime";
import type { ErlangNode } from "./epmd/erlang-node.ts";
import { Neighbourhood, withoutErlang } from "./erlang-peer.ts";
import { atom } from "./etf/index.ts";
import type { Place } from "./two-nodes.ts";

const HERE = "ts@127.0.0.1";
const THERE = "erl@127.0.0.1";

describe.skipIf(withoutErlang)("with a real Erlang node", () => {
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

  test("a registered process here is sent to by name, and answers by pid", async () => {
    const echo = here.node.spawn(function* echo(
      self: Self<[string, Pid<unknown>]>,
    ) {
      const [word, from] = yield* self.receive();
      self.send(from, ["heard", word, self.pid]);
    });
    here.node.register("echo", echo as Pid);
    const answer = await erl.evaluate(
      `{echo, '${HERE}'} ! {hello, self()}, receive {heard, W, P} -> {W, node(P)} after 5000 -> late end`,
    );
    expect(answer).toBe(`{<<"hello">>,'${HERE}'}`);
  });
});
void genServer;
void atom;
