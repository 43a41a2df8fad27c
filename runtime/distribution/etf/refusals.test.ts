import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import {
  atom,
  BitString,
  createCodec,
  EtfError,
  type EtfErrorCode,
} from "./index.ts";
import { funs } from "./samples.ts";

const codec = createCodec();

/** How the codec refuses; fails if it does not, or throws anything else. */
function refusal(act: () => unknown): EtfError {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(EtfError);
    return error as EtfError;
  }
  throw new Error("it was not refused");
}

const reading = (bytes: Uint8Array) => refusal(() => codec.decode(bytes));
const writing = (value: unknown) => refusal(() => codec.encode(value));
const hex = (...parts: string[]) => Buffer.from(parts.join(""), "hex");

function packed(announced: number, contents: Uint8Array): Buffer {
  const head = Buffer.from([131, 80, 0, 0, 0, 0]);
  head.writeUInt32BE(announced, 2);
  return Buffer.concat([head, deflateSync(contents)]);
}

describe("bytes that are refused", () => {
  const cases: readonly [
    what: string,
    code: EtfErrorCode,
    offset: number,
    bytes: Uint8Array,
  ][] = [
    ["nothing", "truncated", 0, hex("")],
    ["another version", "bad_version", 0, hex("846a")],
    ["a tag nobody writes", "bad_tag", 1, hex("83ff")],
    ["compression inside a term", "bad_tag", 3, hex("8368015000000001")],
    ["an atom cache reference", "atom_cache", 1, hex("835200")],
    ["an atom of broken UTF-8", "bad_atom", 5, hex("837702c328")],
    [
      "256 characters of an atom",
      "bad_atom",
      4,
      hex("83760100", "61".repeat(256)),
    ],
    ["a float that is infinite", "bad_float", 10, hex("83467ff0000000000000")],
    [
      "a float that is not a number",
      "bad_float",
      10,
      hex("83467ff8000000000000"),
    ],
    ["a float of letters", "bad_float", 33, hex("8363", "61".repeat(31))],
    ["a float of nothing", "bad_float", 33, hex("8363", "00".repeat(31))],
    ["nine bits in a byte", "bad_length", 8, hex("834d000000010900")],
    ["no bits in a byte", "bad_length", 8, hex("834d000000010000")],
    ["bits in no byte", "bad_length", 7, hex("834d0000000008")],
    [
      "a reference of no numbers",
      "bad_length",
      4,
      hex("835a000077016100000001"),
    ],
    [
      "a reference of six",
      "bad_length",
      4,
      hex("835a0006770161", "00".repeat(28)),
    ],
    [
      "a pid whose node is no atom",
      "bad_tag",
      2,
      hex("83586101", "00".repeat(12)),
    ],
    [
      "a key twice",
      "duplicate_key",
      14,
      hex("8374000000026d000000016161016d00000001616102"),
    ],
    [
      "an integer key twice",
      "duplicate_key",
      10,
      hex("837400000002610161016101620000"),
    ],
    [
      "a tuple as key twice",
      "duplicate_key",
      12,
      hex("83740000000268016101610168016101", "6101"),
    ],
    [
      "`__proto__` twice",
      "duplicate_key",
      22,
      hex("837400000002", "6d000000095f5f70726f746f5f5f6101".repeat(2)),
    ],
    ["something after the term", "trailing_bytes", 2, hex("836a6a")],
    ["what zlib did not write", "bad_compressed", 6, hex("83500000000100")],
    ["less than was announced", "bad_compressed", 6, packed(2, hex("6a"))],
    ["more than was announced", "bad_compressed", 6, packed(1, hex("6a6a"))],
    [
      "two terms in a compressed one",
      "trailing_bytes",
      1,
      packed(2, hex("6a6a")),
    ],
    ["a huge compressed term", "too_large", 6, hex("8350ffffffff")],
    ["a huge integer", "too_large", 7, hex("836fffffffff00")],
    ["a list longer than 2^31", "truncated", 6, hex("836cffffffff6a")],
    ["a tuple longer than 2^31", "truncated", 6, hex("8369800000006a")],
    ["a map longer than 2^31", "truncated", 6, hex("8374ffffffff6a")],
    ["a binary longer than 2^31", "truncated", 6, hex("836dffffffff6a")],
    [
      "a fun of another size",
      "bad_length",
      73,
      hex(funs.closure.replace("8370000000", "8370000001")),
    ],
  ];
  for (const [what, code, offset, bytes] of cases) {
    test(`${what}: ${code}`, () => {
      const { code: given, offset: at } = reading(bytes);
      expect([given, at]).toEqual([code, offset]);
    });
  }

  test("are refused in words that say what to do", () => {
    expect(reading(hex("835200")).message).toBe(
      "the sender refers to an atom cache, which is refused: connect without " +
        "the flag DFLAG_DIST_HDR_ATOM_CACHE (at byte 1)",
    );
  });
});

describe("values that are refused", () => {
  const circle: unknown[] = [];
  circle.push(circle);
  const cases: readonly [what: string, code: EtfErrorCode, value: unknown][] = [
    ["NaN", "unencodable", Number.NaN],
    ["Infinity", "unencodable", Number.POSITIVE_INFINITY],
    ["-Infinity in a map", "unencodable", { a: Number.NEGATIVE_INFINITY }],
    ["a function", "unencodable", () => 1],
    ["a symbol", "unencodable", Symbol("a")],
    ["a Date", "unencodable", new Date(0)],
    ["a Set", "unencodable", new Set()],
    ["an Error", "unencodable", new Error("a")],
    ["half a surrogate pair", "unencodable", "\ud800"],
    ["half a pair as a key", "unencodable", new Map([["\ud800", 1]])],
    ["half a pair as a tag", "bad_atom", ["\ud800"]],
    ["a tag of 256 characters", "bad_atom", ["a".repeat(256)]],
    ["an array in itself", "too_deep", circle],
  ];
  for (const [what, code, value] of cases) {
    test(`${what}: ${code}`, () => {
      expect(writing(value).code).toBe(code);
    });
  }

  test("leave nothing behind for the next one", () => {
    const before = codec.encode(["ok", 1]);
    writing(["ok", ["half", Number.NaN]]);
    writing(circle);
    expect(codec.encode(["ok", 1])).toEqual(before);
  });

  test("are refused before they are sent, where they are made", () => {
    expect(refusal(() => atom("a".repeat(256))).code).toBe("bad_atom");
    expect(() => new BitString(new Uint8Array(1), 8)).toThrow(
      "whole bytes are a Uint8Array",
    );
  });

  test("are refused in words that say what to do", () => {
    expect(writing(["a".repeat(256)]).message).toContain(
      "for a list, write list(…)",
    );
    expect(writing(new Date(0)).message).toBe(
      "an object of class Date cannot be sent to another node: Erlang has no " +
        "term for it; send what it stands for in plain objects, arrays, " +
        "strings and numbers (at byte 1)",
    );
  });
});
