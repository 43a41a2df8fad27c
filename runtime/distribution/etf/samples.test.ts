import { describe, expect, test } from "vitest";
import { withoutErlang } from "../../real-erlang.ts";
import { createCodec, ForeignFun } from "./index.ts";
import { askErlang, frame } from "./peer.ts";
import type { Sample } from "./sample.ts";
import { funs, samples } from "./samples.ts";
import { older } from "./samples-of-old.ts";
import { Tag } from "./tags.ts";

const codec = createCodec();
/** The limit is for a busy machine, where erl starts slowly. */
const slow = { timeout: 60_000 };
const bytesOf = ({ hex }: Pick<Sample, "hex">) => Buffer.from(hex, "hex");
const named = ({ tag, erlang, hex }: Sample) =>
  [`${tag} ${erlang ?? hex.slice(0, 40)}`] as const;

describe("every tag that OTP 25 writes", () => {
  for (const sample of samples) {
    const [name] = named(sample);
    test(`${name} is read`, () => {
      expect(codec.decode(bytesOf(sample))).toStrictEqual(sample.term);
    });
    test(`${name} is written as OTP writes it`, () => {
      const written = codec.encode(sample.term);
      expect(Buffer.from(written).toString("hex")).toBe(sample.hex);
    });
  }

  test("none is missing from the samples", () => {
    const seen = new Set(samples.map(({ tag }) => tag));
    for (const { tag } of older) seen.add(tag);
    for (const elsewhere of ["NEW_FUN", "EXPORT", "ATOM_CACHE_REF"]) {
      seen.add(elsewhere);
    }
    expect([...seen].sort()).toEqual(Object.keys(Tag).sort());
  });
});

describe("the tags of older releases", () => {
  for (const sample of older) {
    test(`${sample.tag} ${sample.hex.slice(0, 40)} is read`, () => {
      expect(codec.decode(bytesOf(sample))).toStrictEqual(sample.term);
    });
  }
});

describe("a fun", () => {
  test("goes back byte for byte", () => {
    for (const hex of Object.values(funs)) {
      const fun = codec.decode(bytesOf({ hex }));
      expect(fun).toBeInstanceOf(ForeignFun);
      expect(Buffer.from(codec.encode(fun)).toString("hex")).toBe(hex);
    }
  });

  test("is one object, however often it comes", () => {
    const bytes = bytesOf({ hex: funs.closure });
    expect(codec.decode(bytes)).toBe(codec.decode(bytes));
  });

  test("prints its module, and its name if it has one", () => {
    const exported = codec.decode(bytesOf({ hex: funs.exported }));
    expect(String(exported)).toBe("fun lists:map/2");
    expect(exported).toMatchObject({ module: "lists", arity: 2 });
    expect(String(codec.decode(bytesOf({ hex: funs.closure })))).toBe(
      "#Fun<fn.0>",
    );
  });
});

describe.skipIf(withoutErlang)("real Erlang (needs erl)", slow, () => {
  test("writes each expression as the sample says", () => {
    const made = samples.filter(({ erlang }) => erlang !== undefined);
    const written = askErlang(
      "eval",
      made.map(({ erlang }) => `${erlang}.`),
    );
    expect(written.map((bytes) => bytes.toString("hex"))).toEqual(
      made.map(({ hex }) => hex),
    );
  });

  test("reads what is written for each sample as the sample", () => {
    const all = [...samples, ...older];
    const answers = askErlang(
      "same",
      all.map((sample) =>
        Buffer.concat([
          frame(bytesOf(sample)),
          frame(codec.encode(codec.decode(bytesOf(sample)))),
        ]),
      ),
    );
    const wrong = all.filter((_, i) => answers[i]?.[0] !== 1);
    expect(wrong).toEqual([]);
  });
});
