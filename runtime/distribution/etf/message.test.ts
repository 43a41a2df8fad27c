import { describe, expect, test } from "vitest";
import { atom, createCodec, type Foreign, foreignPid, tuple } from "./index.ts";

const codec = createCodec();
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const arrived = (message: unknown) =>
  codec.decodeMessage(codec.encodeMessage(message));

describe("a whole message", () => {
  test("that is a bare string is an atom", () => {
    expect(hex(codec.encodeMessage("stop"))).toBe("83770473746f70");
    expect(arrived("stop")).toBe("stop");
  });

  test("may stand behind other bytes, each with a copy of its own", () => {
    const head = Uint8Array.of(1, 2);
    const one = codec.encodeMessageBehind(head, "stop");
    const other = codec.encodeMessageBehind(head, "go");
    one[0] = 9;
    expect(hex(one)).toBe("090283770473746f70");
    expect(hex(other)).toBe("0102837702676f");
    expect(hex(head)).toBe("0102");
    const bad = ["a", () => 1];
    expect(() => codec.encodeMessage(bad)).toThrow("(at byte 6)");
    expect(() => codec.encodeMessageBehind(head, bad)).toThrow("(at byte 6)");
  });

  test("that is a binary is its bytes, so that it is no tag", () => {
    const bytes = Buffer.from("836d0000000473746f70", "hex");
    const message = codec.decodeMessage(bytes);
    expect(message).toStrictEqual(new Uint8Array(Buffer.from("stop")));
    expect(arrived(message)).toStrictEqual(message);
  });

  test("that is one of JavaScript's values is not the string of its name", () => {
    for (const value of [true, false, null, undefined]) {
      expect(arrived(value)).toBe(value);
      expect(arrived(String(value))).toBe(String(value));
    }
  });

  test("has atoms in front of its tuples and binaries inside", () => {
    const message = ["$gen_call", tuple(1, "a"), ["deposit", "Ann", 5]];
    expect(arrived(message)).toStrictEqual(message);
  });

  test("that is an atom in a wrapper arrives as the bare string", () => {
    expect(arrived(atom("stop"))).toBe("stop");
  });

  test("may be too long for an atom, and the error says what to do", () => {
    expect(() => codec.encodeMessage("x".repeat(256))).toThrow(
      "put it in an array after a tag",
    );
  });

  test("may be followed by another term in the same bytes", () => {
    const frame = Buffer.concat([codec.encode([1]), codec.encode(["reg", 2])]);
    const [control, end] = codec.decodeAt(frame, 0);
    expect(control).toEqual([1]);
    expect(codec.decodeMessage(frame.subarray(end))).toEqual(["reg", 2]);
  });

  test("that was compressed may be followed by another term", () => {
    const packed = Buffer.from(
      "835000000100789ccb616060304a6160cacf1e914416006a493f89",
      "hex",
    );
    const [term, end] = codec.decodeAt(Buffer.concat([packed, packed]), 0);
    expect(term).toHaveLength(50);
    expect(end).toBe(packed.length);
  });
});

describe("identities", () => {
  class Local {
    readonly name = "mine";
  }
  const mine = new Local();
  const address = foreignPid("here@localhost", 7, 0, 3);
  const ours = createCodec({
    identities: {
      resolve: (foreign) => (`${foreign}` === `${address}` ? mine : foreign),
      describe: (value): Foreign | undefined =>
        value === mine ? address : undefined,
    },
  });

  test("are sent as described and arrive as resolved", () => {
    const bytes = ours.encode(["ok", mine]);
    expect(codec.decode(bytes)).toEqual(["ok", address]);
    expect(ours.decode(bytes)).toStrictEqual(["ok", mine]);
  });

  test("that nobody describes are refused", () => {
    expect(() => ours.encode(new Local())).toThrow("an object of class Local");
    expect(() => codec.encode(mine)).toThrow("an object of class Local");
  });

  test("may be described by encoding something else", () => {
    const nested = createCodec({
      identities: {
        describe: () => {
          nested.encode(["something", "else"]);
          return address;
        },
      },
    });
    expect(codec.decode(nested.encode(["a", mine, "b"]))).toEqual([
      "a",
      address,
      "b",
    ]);
  });
});
