import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeNames, encodeNames } from "./names-response.ts";
import { nameFrom, type Registration } from "./registration.ts";
import { decodeRequest, encodeRequest, type Request } from "./request.ts";
import {
  decodePort,
  decodeRegistered,
  encodePort,
  encodeRegistered,
} from "./response.ts";

const hex = (text: string) => Uint8Array.from(Buffer.from(text, "hex"));
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const node: Registration = {
  name: "x",
  port: 1234,
  hidden: false,
  highestVersion: 6,
  lowestVersion: 5,
  extra: new Uint8Array(0),
};

describe("what OTP 25's epmd and nodes say", () => {
  test("a registration is the one that erl sends", () => {
    const recorded = "000e7804d24d00000600050001780000";
    expect(hexOf(encodeRequest({ kind: "register", registration: node }))).toBe(
      recorded,
    );
    expect(decodeRequest(hex(recorded).subarray(2))).toEqual({
      kind: "register",
      registration: node,
    });
  });

  test("the answer to a registration is epmd's, old nodes' included", () => {
    expect(hexOf(encodeRegistered(0x6b064ab7, 6))).toBe("76006b064ab7");
    expect(hexOf(encodeRegistered("taken", 6))).toBe("760100000063");
    expect(hexOf(encodeRegistered(3, 5))).toBe("79000001");
    expect(hexOf(encodeRegistered("taken", 5))).toBe("79010063");
    expect(decodeRegistered(hex("76006b064ab7"))).toEqual({
      creation: 0x6b064ab7,
    });
    expect(decodeRegistered(hex("79000002"))).toEqual({ creation: 2 });
    expect(decodeRegistered(hex("760100000063"))).toBe("taken");
  });

  test("the answer to the question for a port is epmd's", () => {
    const recorded = "770004d24d00000600050001780000";
    expect(hexOf(encodePort(node))).toBe(recorded);
    expect(decodePort(hex(recorded))).toEqual(node);
    expect(hexOf(encodePort(undefined))).toBe("7701");
    expect(decodePort(hex("7701"))).toBeUndefined();
    const withExtra = decodePort(hex("770004d34d000005000500017900026578"));
    expect(withExtra).toMatchObject({ name: "y", extra: hex("6578") });
  });

  test("the list of names is epmd's, line by line", () => {
    const list = encodeNames(4369, [
      { name: "y", port: 1235 },
      { name: "x", port: 1234 },
    ]);
    expect(Buffer.from(list).toString("latin1")).toBe(
      "\0\0\x11\x11name y at port 1235\nname x at port 1234\n",
    );
    expect(decodeNames(list)).toEqual([
      { name: "y", port: 1235 },
      { name: "x", port: 1234 },
    ]);
  });
});

/** Of any script. fast-check's own unit for that takes a second to make. */
const character = fc
  .integer({ min: 0, max: 0x10_ff_ff })
  .map((code) => String.fromCodePoint(code));
const registrations: fc.Arbitrary<Registration> = fc.record({
  name: fc
    .string({ minLength: 1, maxLength: 60, unit: character })
    .filter((name) => nameFrom(Buffer.from(name)) === name),
  port: fc.nat(65_535),
  hidden: fc.boolean(),
  highestVersion: fc.nat(65_535),
  lowestVersion: fc.nat(65_535),
  extra: fc.uint8Array({ maxLength: 40 }),
});

test("whatever is written is read again, in any script", () => {
  fc.assert(
    fc.property(registrations, (registration) => {
      const request: Request = { kind: "register", registration };
      expect(decodeRequest(encodeRequest(request).subarray(2))).toEqual(
        request,
      );
      expect(decodePort(encodePort(registration))).toEqual(registration);
    }),
    { seed: 25, numRuns: 300 },
  );
});

test("bytes that are no message are garbage and never an exception", () => {
  const bytes = fc.uint8Array({ maxLength: 60 });
  const kinds = fc.constantFrom(110, 118, 119, 120, 121, 122);
  fc.assert(
    fc.property(kinds, bytes, (kind, rest) => {
      const packet = Uint8Array.of(kind, ...rest);
      const read = [
        decodeRequest(packet),
        decodeRegistered(packet),
        decodePort(packet),
        decodeNames(packet),
      ];
      expect(read).toHaveLength(4);
    }),
    { seed: 25, numRuns: 2_000 },
  );
  // Lengths that reach beyond the packet.
  expect(decodeRequest(hex("7804d24d0000060005ffff780000"))).toBe("garbage");
  expect(decodeRequest(hex("7804d24d00000600050001780009"))).toBe("garbage");
  expect(decodePort(hex("770004d24d0000060005ffff780000"))).toBe("garbage");
});

test("a name has no line break, no zero, and 255 bytes at most", () => {
  expect(nameFrom(Buffer.from("a\nname b at port 1"))).toBeUndefined();
  expect(nameFrom(Buffer.from("a\0b"))).toBeUndefined();
  expect(nameFrom(Buffer.alloc(256, 97))).toBeUndefined();
  expect(nameFrom(Uint8Array.of(0xff))).toBeUndefined();
  expect(nameFrom(Buffer.from("Zoë"))).toBe("Zoë");
});
