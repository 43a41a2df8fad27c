import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Self } from "#runtime";
import { withoutErlang } from "../real-erlang.ts";
import type { ErlangNode } from "./epmd/erlang-node.ts";
import { Neighbourhood } from "./erlang-peer.ts";
import {
  atom,
  BitString,
  float,
  ImproperList,
  list,
  tuple,
} from "./etf/index.ts";
import type { Place } from "./two-nodes.ts";

const HERE = "ts@127.0.0.1";
const THERE = "erl@127.0.0.1";

/** A value of every kind, and how Erlang prints it. */
const kinds: Record<string, readonly [value: unknown, printed: string]> = {
  "a tuple behind an atom": [["ok", "Ann"], '{ok,<<"Ann">>}'],
  "a tuple behind a number": [tuple(1, 2), "{1,2}"],
  "an empty tuple": [tuple(), "{}"],
  "a list": [[1_000, 2_000], "[1000,2000]"],
  "an empty list": [[], "[]"],
  "a list of binaries": [list("Ann", "Bo"), '[<<"Ann">>,<<"Bo">>]'],
  "an improper list": [new ImproperList([1], 2), "[1|2]"],
  "an atom": [atom("stop"), "stop"],
  "true and null": [[true, false, null], "[true,false,null]"],
  undefined: [[undefined], "[undefined]"],
  "a small integer": [-7, "-7"],
  "the largest safe integer": [2 ** 53 - 1, "9007199254740991"],
  "a bigint": [2n ** 64n, "18446744073709551616"],
  "a float": [0.5, "0.5"],
  "a float of a whole value": [float(1), "1.0"],
  "bytes that are no text": [new Uint8Array([255, 0]), "<<255,0>>"],
  "text beyond ASCII": [["x", "é"], '{x,<<"é">>}'],
  "a bit string": [new BitString(new Uint8Array([160]), 3), "<<5:3>>"],
  "an object": [{ name: "Ann" }, '#{<<"name">> => <<"Ann">>}'],
  "a map of atoms": [new Map([[atom("a"), 1]]), "#{a => 1}"],
};

describe.skipIf(withoutErlang)(
  "terms that travel to Erlang and back",
  { timeout: 20_000 },
  () => {
    let street: Neighbourhood;
    let here: Place;
    let erl: ErlangNode;

    beforeAll(async () => {
      street = await Neighbourhood.open();
      here = await street.here(HERE);
      erl = await street.erl(THERE);
      await erl.evaluate(
        `register(mirror, spawn(fun() -> Loop = fun(L) -> receive
         {P, return, T} -> P ! {back, T};
         {P, ask, T} -> P ! {back, T, list_to_binary(io_lib:format("~0p", [T]))} end, L(L) end,
         Loop(Loop) end))`,
      );
    }, 30_000);

    afterAll(async () => {
      await street?.close();
    });

    const reflect = (value: unknown, how = "ask") =>
      here.run(function* (self: Self<unknown>) {
        self.send(["mirror", THERE], tuple(self.pid, atom(how), value));
        const [, back, printed] = (yield* self.receive()) as unknown[];
        return [back, printed];
      });

    test.each(Object.keys(kinds))("%s comes back as it went", async (kind) => {
      const [value, printed] = kinds[kind] as (typeof kinds)[string];
      const [back, seen] = await reflect(value);
      expect(seen).toBe(printed);
      expect(back).toEqual(value);
    });

    test("a fun, a port and a foreign pid come back to Erlang as they were", async () => {
      const echo = here.node.spawn(function* (self: Self<unknown>) {
        const [from, thing] = (yield* self.receive()) as [never, unknown];
        self.send(from, ["back", thing]);
      });
      here.node.register("echo", echo);
      const answer = await erl.evaluate(
        `T = [fun lists:sum/1, fun(X) -> X end, hd(erlang:ports()), self(), make_ref(), #{1.0 => []}],
       {echo, '${HERE}'} ! {self(), T}, receive {back, B} -> B =:= T after 5000 -> late end`,
      );
      expect(answer).toBe("true");
    });

    test("a message of four megabytes arrives whole, both ways", async () => {
      const bytes = new Uint8Array(4_000_000).fill(200);
      const [back] = await reflect(bytes, "return");
      expect(Buffer.compare(back as Uint8Array, bytes)).toBe(0);
    });
  },
);
