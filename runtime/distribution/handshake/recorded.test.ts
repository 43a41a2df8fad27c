import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accepting } from "./accepting.ts";
import { connecting } from "./connecting.ts";
import { Cookie } from "./cookie.ts";
import { Handshake } from "./machine.ts";
import type { Identity } from "./transition.ts";

const hex = (text: string) =>
  Uint8Array.from(Buffer.from(text.replaceAll(/\s/g, ""), "hex"));
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

// Between two nodes of OTP 25 (erts-13.1.5), whose cookie was SECRET.
const name = hex(
  "001c 4e 0000000d07df7fbd 57d4de39 000d 616e6e403132372e302e302e31",
);
const status = hex("0003 736f6b");
const challenge = hex(
  "0020 4e 0000000d07df7fbd c0efff65 3bac987b 000d 626f62403132372e302e302e31",
);
const reply = hex("0015 72 40ab7991 44b1b1eebcf800ec5a9bddbe8c457779");
const ack = hex("0011 61 5ed251beeec2939acb9bdedeef00db55");
const afterwards = hex("00000058 83");
const flags = 0xd07df7fbdn;

function identity(name: string, creation: number): Identity {
  const cookie = new Cookie("SECRET");
  return { name, creation, flags, cookieFor: () => cookie };
}

const recordedAnn = () =>
  connecting(identity("ann@127.0.0.1", 0x57d4de39), {
    peer: "bob@127.0.0.1",
    challenge: 0x40ab7991,
  });
const recordedBob = () =>
  accepting(identity("bob@127.0.0.1", 0x3bac987b), {
    challenge: 0xc0efff65,
    admit: () => "ok",
  });

describe("a handshake recorded between two nodes of OTP 25", () => {
  test("is led by the connecting side with the same bytes", () => {
    const ann = new Handshake(recordedAnn());
    expect(hexOf(ann.progress.send)).toBe(hexOf(name));
    expect(ann.receive(status).send).toHaveLength(0);
    expect(hexOf(ann.receive(challenge).send)).toBe(hexOf(reply));
    const end = ann.receive(Buffer.concat([ack, afterwards]));
    expect(end).toMatchObject({
      kind: "done",
      peer: { name: "bob@127.0.0.1", creation: 0x3bac987b, flags },
    });
    expect(end.kind === "done" && hexOf(end.rest)).toBe(hexOf(afterwards));
  });

  test("is led by the accepting side with the same bytes", () => {
    const bob = new Handshake(recordedBob());
    expect(hexOf(bob.receive(name).send)).toBe(
      hexOf(status) + hexOf(challenge),
    );
    const end = bob.receive(reply);
    expect(hexOf(end.send)).toBe(hexOf(ack));
    expect(end.kind).toBe("done");
  });

  test("is understood byte by byte", () => {
    const ann = new Handshake(recordedAnn());
    const said: number[] = [];
    for (const byte of Buffer.concat([status, challenge, ack])) {
      said.push(...ann.receive(Uint8Array.of(byte)).send);
    }
    expect(hexOf(Uint8Array.from(said))).toBe(hexOf(reply));
    expect(ann.awaited).toBeUndefined();
  });
});

test("mutated bytes are refused or waited for, and never let anybody in", () => {
  const sides = [
    { first: recordedAnn, heard: Buffer.concat([status, challenge, ack]) },
    { first: recordedBob, heard: Buffer.concat([name, reply]) },
  ];
  const mutation = fc.record({
    side: fc.constantFrom(...sides),
    at: fc.nat(70),
    to: fc.nat(255),
    cut: fc.nat(90),
  });
  let doneCount = 0;
  fc.assert(
    fc.property(mutation, ({ side, at, to, cut }) => {
      const heard = Uint8Array.from(side.heard.subarray(0, cut + 1));
      if (at < heard.length) heard[at] = to;
      const machine = new Handshake(side.first());
      const end = machine.receive(heard);
      if (end.kind !== "done") return /^(?:waiting|refused)$/.test(end.kind);
      doneCount++;
      const digestIsIntact =
        hexOf(heard).endsWith(hexOf(ack)) ||
        hexOf(heard).includes(hexOf(reply.subarray(7)));
      return digestIsIntact;
    }),
    { seed: 25, numRuns: 5_000 },
  );
  expect(doneCount).toBeGreaterThan(0);
});

test("bytes that were never a handshake end in a refusal or in waiting", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 400 })), (pieces) => {
      for (const first of [recordedAnn, recordedBob]) {
        const machine = new Handshake(first());
        for (const piece of pieces) machine.receive(piece);
        expect(machine.receive(new Uint8Array(0)).kind).not.toBe("done");
      }
    }),
    { seed: 25, numRuns: 500 },
  );
});

const strangers: [what: string, bytes: Uint8Array, code: string][] = [
  ["a length beyond every message", hex("ffff"), "too_long"],
  ["an empty message", hex("0000"), "garbled"],
  [
    "a name longer than its message",
    hex("000f 4e 0000000d07df7fbd 57d4de39 ffff"),
    "garbled",
  ],
  ["a message of another kind", reply, "garbled"],
  [
    "version 5, as before OTP 23",
    hex("0014 6e 0005 0007f7bd 616e6e403132372e302e302e31"),
    "old_version",
  ],
  [
    "a node that asks for a name",
    hex("0013 4e 0000000f07df7fbd 00000000 0004 686f7374"),
    "nameless",
  ],
  ["a web browser", Buffer.from("GET / HTTP/1.1\r\n\r\n"), "too_long"],
];

for (const [what, bytes, code] of strangers) {
  test(`${what} is refused as ${code}`, () => {
    const bob = new Handshake(recordedBob());
    const end = bob.receive(bytes);
    expect(end).toMatchObject({ kind: "refused", refusal: { code } });
    expect(bob.receive(name)).toEqual({ ...end, send: new Uint8Array(0) });
  });
}
