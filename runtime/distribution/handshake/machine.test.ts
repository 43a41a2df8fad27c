import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accepting } from "./accepting.ts";
import { type Admission, admission } from "./admission.ts";
import { connecting } from "./connecting.ts";
import { Cookie } from "./cookie.ts";
import { OFFERED, PUBLISHED } from "./flags.ts";
import { Handshake, type Progress } from "./machine.ts";
import type { Identity } from "./transition.ts";

const hex = (text: string) =>
  Uint8Array.from(Buffer.from(text.replaceAll(/\s/g, ""), "hex"));
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

function identity(name: string, more: Partial<Identity> = {}): Identity {
  const cookie = new Cookie("SECRET");
  return {
    name,
    creation: 7,
    flags: OFFERED,
    cookieFor: () => cookie,
    ...more,
  };
}

/** Lets two machines talk until neither has anything to say. */
function talk(one: Handshake, other: Handshake): [Progress, Progress] {
  let [mine, theirs] = [one.progress, other.progress];
  while (mine.send.length > 0) {
    theirs = other.receive(mine.send);
    if (theirs.send.length === 0) break;
    mine = one.receive(theirs.send);
  }
  return [mine, theirs];
}

interface Meeting {
  ann?: Partial<Identity>;
  bob?: Partial<Identity>;
  called?: string;
  admit?: (peer: string) => Admission;
  isWanted?: () => boolean;
}

/** Ann connects to Bob. */
function meet(meeting: Meeting = {}): [ann: Progress, bob: Progress] {
  const { called = "bob@host", admit = () => "ok" as const } = meeting;
  const { isWanted = () => true } = meeting;
  return talk(
    new Handshake(
      connecting(identity("ann@host", meeting.ann), {
        peer: called,
        challenge: 1,
        isWanted,
      }),
    ),
    new Handshake(
      accepting(identity("bob@host", meeting.bob), { challenge: 2, admit }),
    ),
  );
}

const refusal = (code: string, more: object = {}) => ({
  kind: "refused",
  refusal: { code, ...more },
});

describe("two nodes with one cookie", () => {
  test("know each other's name and creation, and what both can do", () => {
    const hidden = OFFERED & ~PUBLISHED;
    const [ann, bob] = meet({
      ann: { creation: 11, flags: hidden },
      bob: { creation: 22 },
    });
    const common = { flags: hidden, replaces: false };
    expect(ann).toMatchObject({
      kind: "done",
      peer: { name: "bob@host", creation: 22, ...common },
    });
    expect(bob).toMatchObject({
      kind: "done",
      peer: { name: "ann@host", creation: 11, ...common },
    });
  });

  test("go on when both connect at once, on the connection of the greater name", () => {
    expect(meet({ admit: () => "ok_simultaneous" })).toMatchObject([
      { kind: "done" },
      { kind: "done" },
    ]);
    expect(meet({ admit: () => "nok" })).toMatchObject([
      refusal("nok", { by: "them" }),
      refusal("nok", { by: "us" }),
    ]);
    expect(admission("b", "a", "pending")).toBe("nok");
    expect(admission("a", "b", "pending")).toBe("ok_simultaneous");
    expect(admission("a", "a", "none")).toBe("nok");
    expect(admission("a", "b", "none")).toBe("ok");
  });

  test("replace a connection that only one of them still believes in", () => {
    expect(admission("a", "b", "up")).toBe("alive");
    const admit = () => admission("bob@host", "ann@host", "up");
    const [ann, bob] = meet({ admit });
    expect(ann.kind).toBe("done");
    expect(bob).toMatchObject({ kind: "done", peer: { replaces: true } });
    expect(meet({ admit, isWanted: () => false })).toMatchObject([
      refusal("still_connected"),
      refusal("still_connected"),
    ]);
    expect(admission("a", "b", "up_pending")).toBe("already_pending");
    expect(meet({ admit: () => "already_pending" })[1]).toMatchObject({
      ...refusal("still_connected"),
      send: new Uint8Array(0),
    });
  });
});

describe("a node is refused", () => {
  test("with another cookie, by both sides, and learns nothing from it", () => {
    const other = new Cookie("OTHER");
    const [ann, bob] = meet({ ann: { cookieFor: () => other } });
    expect(bob).toMatchObject(refusal("bad_cookie", { awaited: "reply" }));
    expect(bob.send).toHaveLength(0);
    expect(ann.kind).toBe("waiting");
  });

  test("when it took the port of another and cannot prove itself", () => {
    const ann = new Handshake(
      connecting(identity("ann@host"), { peer: "bob@host", challenge: 1 }),
    );
    const impostor = new Handshake(
      accepting(identity("bob@host"), { challenge: 2, admit: () => "ok" }),
    );
    ann.receive(impostor.receive(ann.progress.send).send);
    const ack = Uint8Array.of(0, 17, 97, ...new Uint8Array(16));
    expect(ann.receive(ack)).toMatchObject(
      refusal("bad_cookie", { peer: "bob@host", awaited: "ack" }),
    );
  });

  test("when it is not allowed", () => {
    expect(meet({ admit: () => "not_allowed" })).toMatchObject([
      refusal("not_allowed", { by: "them" }),
      refusal("not_allowed", { by: "us" }),
    ]);
  });

  test("when it cannot do what OTP 25 demands", () => {
    expect(meet({ ann: { flags: 0n } })).toMatchObject([
      refusal("not_allowed", { by: "them" }),
      refusal("missing_flags", {
        missing: expect.arrayContaining(["HANDSHAKE_23", "MAP_TAG"]),
      }),
    ]);
    expect(meet({ bob: { flags: 0n } })[0]).toMatchObject(
      refusal("missing_flags", { peer: "bob@host" }),
    );
  });

  test("when it is another than the one that was called", () => {
    expect(meet({ called: "carl@host" })[0]).toMatchObject(
      refusal("wrong_name", { peer: "carl@host", answered: "bob@host" }),
    );
  });

  test("when its name is none, without a word", () => {
    for (const name of ["ann", "@host", "ann@", "a@b@c", "ann\n@host"]) {
      const [, bob] = meet({ ann: { name } });
      expect(bob).toMatchObject(refusal("bad_name", { name }));
      expect(bob.send).toHaveLength(0);
    }
  });
});

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

const recordedAnn = () =>
  connecting(identity("ann@127.0.0.1", { creation: 0x57d4de39, flags }), {
    peer: "bob@127.0.0.1",
    challenge: 0x40ab7991,
  });
const recordedBob = () =>
  accepting(identity("bob@127.0.0.1", { creation: 0x3bac987b, flags }), {
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
      expect(["waiting", "refused", "done"]).toContain(end.kind);
      if (end.kind === "done") doneCount++;
      const digestIsIntact =
        hexOf(heard).endsWith(hexOf(ack)) ||
        hexOf(heard).includes(hexOf(reply.subarray(7)));
      expect(end.kind === "done" && !digestIsIntact).toBe(false);
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
    expect(end).toMatchObject(refusal(code));
    expect(bob.receive(name)).toEqual({ ...end, send: new Uint8Array(0) });
  });
}
