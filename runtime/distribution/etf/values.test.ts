import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import {
  Atom,
  atom,
  createCodec,
  Float,
  ForeignRef,
  float,
  foreignPid,
  foreignPort,
  foreignRef,
  List,
  list,
  Tuple,
  tuple,
} from "./index.ts";
import { Interned } from "./interned.ts";
import { ReferenceTable } from "./reference-table.ts";

const referenceTable = () =>
  new ReferenceTable<ForeignRef>(
    (one, { ids }) => ids.every((id, place) => one.ids[place] === id),
    (made) => made,
  );

describe("atom", () => {
  test("is one object for each name", () => {
    expect(atom("stop")).toBe(atom("stop"));
    expect(atom("stop")).not.toBe(atom("go"));
    expect(atom("stop")).toBeInstanceOf(Atom);
  });

  test("stays one object when many others came in between", () => {
    const first = atom("the first of many");
    for (let n = 0; n < 5_000; n++) atom(`other ${n}`);
    expect(atom("the first of many")).toBe(first);
  });

  test("prints as in Erlang, and as its name in JSON", () => {
    expect(String(atom("stop"))).toBe("stop");
    expect(String(atom("it's"))).toBe("'it\\'s'");
    expect(JSON.stringify(atom("stop"))).toBe('"stop"');
  });
});

describe("tuple", () => {
  test("says what an array cannot", () => {
    expect(tuple(1, "a")).toStrictEqual(Tuple.of<unknown>(1, "a"));
    expect(tuple()).toBeInstanceOf(Tuple);
    expect(tuple(7)).toHaveLength(1);
  });

  test("is a plain array where one says the same", () => {
    expect(tuple(atom("ok"), "Ann")).toStrictEqual(["ok", "Ann"]);
    expect(tuple(true, 1)).toStrictEqual(["true", 1]);
    expect(tuple(undefined)).toStrictEqual(["undefined"]);
  });
});

describe("list", () => {
  test("says what an array cannot", () => {
    expect(list("Ann")).toBeInstanceOf(List);
    expect([...list("Ann", "Bo")]).toEqual(["Ann", "Bo"]);
  });

  test("is a plain array where one says the same", () => {
    expect(list(1, "Ann")).toStrictEqual([1, "Ann"]);
    expect(list()).toStrictEqual([]);
  });
});

describe("float", () => {
  test("keeps a whole number a float, and adds like a number", () => {
    expect(float(1)).toBeInstanceOf(Float);
    expect(+float(1) + 1).toBe(2);
    expect(String(float(1))).toBe("1.0");
    expect(JSON.stringify([float(1)])).toBe("[1]");
  });

  test("is a plain number where one is a float already", () => {
    expect([float(0.5), float(-0), float(1e300)]).toEqual([0.5, -0, 1e300]);
  });
});

describe("identities of other nodes", { timeout: 60_000 }, () => {
  test("are one object each, also when others shared their hash", () => {
    const first = foreignPid("a@b", 1, 0, 1);
    const ref = foreignRef("a@b", 1, [1, 2, 3]);
    for (let n = 0; n < 5_000; n++) {
      foreignPid("a@b", n + 2, 0, 1);
      foreignRef("a@b", 1, [n + 2, 2, 3]);
    }
    expect(foreignPid("a@b", 1, 0, 1)).toBe(first);
    expect(foreignPid("a@b", 1, 0, 2)).not.toBe(first);
    expect(foreignRef("a@b", 1, [1, 2, 3])).toBe(ref);
    expect(foreignRef("a@b", 1, [1, 2])).not.toBe(ref);
    expect(foreignRef("a@b", 2, [1, 2, 3])).not.toBe(ref);
    const words = [0, 1, 65_535, 65_536, 2 ** 32 - 1];
    const all = words.flatMap((a) =>
      words.flatMap((b) => [
        foreignRef("a@b", a, [b]),
        foreignRef("a@b", a, [b, 0]),
        foreignRef("a@b", 0, [a, b, 0]),
        foreignRef("a@b", 0, [0, a, b, 0]),
        foreignRef("a@b", 0, [0, 0, 0, a, b]),
      ]),
    );
    expect(new Set(all).size).toBe(all.length);
    expect(foreignPort("a@b", 1n, 1)).toBe(foreignPort("a@b", 1n, 1));
  });

  test("print the name of the node", () => {
    expect(String(foreignPid("a@b", 7, 1, 3))).toBe("<a@b.7.1>");
    expect(String(foreignRef("a@b", 3, [1, 2, 3]))).toBe("#Ref<a@b.3.2.1>");
    expect(String(foreignPort("a@b", 6n, 3))).toBe("#Port<a@b.6>");
  });

  test("are forgotten when nobody holds them any more", async () => {
    setFlagsFromString("--expose-gc");
    const collect: () => void = runInNewContext("gc");
    const table = new Interned<{ name: number }>();
    const held = table.get("held", () => ({ name: 0 }));
    const refs = referenceTable();
    const reference = new ForeignRef("a@b", 1, [0, 0, 0]);
    const heldRef = refs.get(reference);
    for (let batch = 0; batch < 10; batch++) {
      for (let n = 0; n < 1_000; n++) {
        table.get(`${batch}.${n}`, () => ({ name: n }));
        refs.get(new ForeignRef("a@b", 1, [n, batch, 1]));
      }
      await setImmediate();
      collect();
    }
    expect(table.size).toBeLessThan(5_000);
    expect(table.get("held", () => ({ name: 1 }))).toBe(held);
    expect(refs.size).toBeLessThan(5_000);
    expect(refs.get(reference)).toBe(heldRef);
  });

  test("are found among 200,000, of which a few have one hash", () => {
    const refs = referenceTable();
    const of = (n: number) => new ForeignRef("a@b", 1, [n, n % 7, n % 1_000]);
    const all = Array.from({ length: 200_000 }, (_, n) => refs.get(of(n)));
    expect(new Set(all).size).toBe(all.length);
    expect(all.every((one, n) => refs.get(of(n)) === one)).toBe(true);
  });
});

describe("encoded bytes", { timeout: 60_000 }, () => {
  test("are not written over by later ones", () => {
    const codec = createCodec();
    const all = Array.from({ length: 2_000 }, (_, n) => [
      "turn",
      n,
      "é".repeat(n % 40),
    ]);
    const bytes = all.map((one) => codec.encode(one));
    expect(bytes.map((one) => codec.decode(one))).toEqual(all);
  });

  test("are right for terms of every size around the store's", () => {
    const codec = createCodec();
    for (let size = 4_000; size < 9_000; size += 7) {
      const value = [1, "x".repeat(size), "é".repeat(30), 2];
      expect(codec.decode(codec.encode(value))).toEqual(value);
    }
  });

  test("decode to copies, which the frame's owner cannot change", () => {
    const codec = createCodec();
    const frame = Uint8Array.from(codec.encode(new Uint8Array([255, 1])));
    const value = codec.decode(frame);
    frame.fill(0);
    expect(value).toStrictEqual(new Uint8Array([255, 1]));
  });
});
