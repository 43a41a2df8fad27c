import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withoutErlang } from "../../real-erlang.ts";
import { createCodec, EtfError } from "./index.ts";
import { askErlang } from "./peer.ts";
import { funs, samples } from "./samples.ts";
import { older } from "./samples-of-old.ts";
import { Tag } from "./tags.ts";

const codec = createCodec();
/** The limit is for a busy machine; alone, all of it takes seconds. */
const slow = { timeout: 60_000 };
const recorded = [
  ...samples.map(({ hex }) => hex),
  ...older.map(({ hex }) => hex),
  ...Object.values(funs),
].map((hex) => Buffer.from(hex, "hex"));

/** The error's code, or "" for a term; any other error fails the test. */
function outcome(bytes: Uint8Array): string {
  try {
    codec.decode(bytes);
    return "";
  } catch (error) {
    if (!(error instanceof EtfError)) throw error;
    expect(error.offset).toBeGreaterThanOrEqual(0);
    return error.code;
  }
}

/** Tags for use inside one node, which the manual does not list. */
const internal = /[IJK]/;

/** What the manual forbids and `binary_to_term/1` takes all the same. */
function isStricterHere(bytes: Buffer, code: string): boolean {
  const isInternalTag =
    code === "bad_tag" && internal.test(bytes.toString("latin1"));
  const isFunOfAnotherSize = code === "bad_length" && bytes[1] === Tag.NEW_FUN;
  const isFollowed = code === "trailing_bytes";
  return code === "" || isInternalTag || isFunOfAnotherSize || isFollowed;
}

/** `131`, then `open` a million times, then `close`. */
function nested(open: string, close: string): Buffer {
  const level = Buffer.from(open, "hex");
  const levels = Buffer.alloc(level.length * 1_000_000, level);
  return Buffer.concat([Buffer.of(131), levels, Buffer.from(close, "hex")]);
}

/** LET_IT_CRASH_FUZZ=10 tries ten times as many. */
const more = Number(process.env.LET_IT_CRASH_FUZZ ?? 1);

describe("bytes of a hostile peer", slow, () => {
  test("that end anywhere in a term are an error, never a term", () => {
    for (const bytes of recorded) {
      for (let size = 0; size < bytes.length; size++) {
        expect(outcome(bytes.subarray(0, size))).not.toBe("");
      }
    }
  });

  test("with any one byte changed are a term or an EtfError", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...recorded),
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), {
          minLength: 1,
          maxLength: 3,
        }),
        (bytes, changes) => {
          const changed = Buffer.from(bytes);
          for (const [at, byte] of changes) changed[at % bytes.length] = byte;
          expect(outcome(changed)).toBeTypeOf("string");
        },
      ),
      { numRuns: 500 * more, seed: 7 },
    );
  });

  test("that nest a million levels of anything are too deep", () => {
    expect(outcome(nested("6801", "6a"))).toBe("too_deep");
    expect(outcome(nested("6c00000001", "6a"))).toBe("too_deep");
    expect(outcome(nested("6900000001", "6a"))).toBe("too_deep");
    expect(outcome(nested("74000000016a", "6a"))).toBe("too_deep");
    expect(outcome(nested("7400000001", "6a6a"))).toBe("too_deep");
  });

  test("that nest deeper than the stack are too deep whatever the limit", () => {
    const trusting = createCodec({ maximumDepth: 1_000_000_000 });
    expect(() => trusting.decode(nested("6801", "6a"))).toThrow(
      expect.objectContaining({ code: "too_deep" }),
    );
    let value: unknown = 1;
    for (let level = 0; level < 1_000_000; level++) value = [value];
    expect(() => trusting.encode(value)).toThrow(
      expect.objectContaining({ code: "too_deep" }),
    );
  });

  test("that continue one list in a million tails are one list", () => {
    const tails = nested("6c000000016101", "6a");
    expect(codec.decode(tails)).toHaveLength(1_000_000);
    expect(codec.decode(nested("6c00000000", "6a"))).toEqual([]);
  });

  test("that inflate to more than announced are given up early", () => {
    const bomb = deflateSync(Buffer.alloc(64 * 1_024 * 1_024, 0x6a));
    const small = createCodec({ maximumInflatedBytes: 1_000 });
    const announcing = (size: number) => {
      const head = Buffer.from([131, 80, 0, 0, 0, 0]);
      head.writeUInt32BE(size, 2);
      return Buffer.concat([head, bomb]);
    };
    expect(outcome(announcing(1_000))).toBe("bad_compressed");
    expect(outcome(announcing(64 * 1_024 * 1_024))).toBe("too_large");
    expect(() => small.decode(announcing(1_001))).toThrow("1000 that are read");
  });

  test("that are very many small values are given up at the limit", () => {
    const bytes = Buffer.from([131, Tag.LIST, 0, 0, 0, 0]);
    bytes.writeUInt32BE(6_000_000, 2);
    const items = Buffer.alloc(2 * 6_000_000, Tag.SMALL_INTEGER);
    expect(outcome(Buffer.concat([bytes, items]))).toBe("too_large");
    const strict = createCodec({ maximumValues: 3 });
    expect(strict.decode(codec.encode(["a", 1, [2]]))).toEqual(["a", 1, [2]]);
    expect(() => strict.decode(codec.encode(["a", 1, [256, 3]]))).toThrow(
      "more than 3 values",
    );
  });

  test("that announce long arrays in each other reserve little", () => {
    // Each level says that all that follows are its elements.
    const levels: Buffer[] = [];
    for (let level = 0; level < 999; level++) {
      const head = Buffer.from([105, 0, 0, 0, 0]);
      head.writeUInt32BE(1_000_000, 1);
      levels.push(head);
    }
    const before = process.memoryUsage().heapUsed;
    const bytes = Buffer.concat([
      Buffer.of(131),
      ...levels,
      Buffer.alloc(1_000_000, 255),
    ]);
    expect(outcome(bytes)).toBe("bad_tag");
    const grownBy = process.memoryUsage().heapUsed - before;
    expect(grownBy).toBeLessThan(100_000_000);
  });

  test("that are an integer of a megabyte are that integer", () => {
    const head = Buffer.from([131, 111, 0, 16, 0, 0, 1]);
    const bytes = Buffer.concat([head, Buffer.alloc(1_048_576, 255)]);
    const value = codec.decode(bytes);
    expect(value === -(2n ** 8_388_608n - 1n)).toBe(true);
    expect(Buffer.from(codec.encode(value)).equals(bytes)).toBe(true);
  });

  test("that name `__proto__` as a key change no prototype", () => {
    const bytes = codec.encode(JSON.parse('{"__proto__": {"admin": true}}'));
    const value = codec.decode(bytes) as Record<string, unknown>;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(value)).toEqual(["__proto__"]);
    expect(value.admin).toBeUndefined();
  });
});

describe.skipIf(withoutErlang)("real Erlang (needs erl)", slow, () => {
  test("has random terms whose every change is a term or an EtfError", () => {
    const seeds = Array.from({ length: 300 }, (_, seed) => String(seed));
    const terms = askErlang("generate", seeds);
    fc.assert(
      fc.property(
        fc.constantFrom(...terms),
        fc.nat(),
        fc.nat({ max: 255 }),
        (bytes, at, byte) => {
          const changed = Buffer.from(bytes);
          changed[at % bytes.length] = byte;
          expect(outcome(changed)).toBeTypeOf("string");
          expect(outcome(changed.subarray(0, at % bytes.length))).not.toBe("");
        },
      ),
      { numRuns: 200 * more, seed: 9 },
    );
  });

  test("refuses what is refused, and takes what is taken", () => {
    const changed = fc.sample(
      fc
        .tuple(fc.constantFrom(...recorded), fc.nat(), fc.nat({ max: 255 }))
        .map(([bytes, at, byte]) => {
          const copy = Buffer.from(bytes);
          copy[at % bytes.length] = byte;
          return copy;
        }),
      { numRuns: 300 * more, seed: 8 },
    );
    const answers = askErlang("accepts", changed);
    const takenHereOnly = changed.filter(
      (bytes, i) => outcome(bytes) === "" && answers[i]?.[0] !== 1,
    );
    const takenThereOnly = changed.filter((bytes, i) => {
      return answers[i]?.[0] === 1 && !isStricterHere(bytes, outcome(bytes));
    });
    const shown = (all: readonly Buffer[]) => all.map((b) => b.toString("hex"));
    expect({
      here: shown(takenHereOnly),
      there: shown(takenThereOnly),
    }).toEqual({ here: [], there: [] });
  });
});
