import { describe, expect, test } from "vitest";
import { accepting } from "./accepting.ts";
import { type Admission, admission } from "./admission.ts";
import { connecting } from "./connecting.ts";
import { Cookie } from "./cookie.ts";
import { OFFERED, PUBLISHED } from "./flags.ts";
import { Handshake, type Progress } from "./machine.ts";
import { sentence } from "./refusal.ts";
import type { Identity } from "./transition.ts";

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

  test("when it answers with a status that nobody knows", () => {
    const ann = new Handshake(
      connecting(identity("ann@host"), { peer: "bob@host", challenge: 1 }),
    );
    const status = Uint8Array.of(0, 6, 115, ...Buffer.from("maybe"));
    expect(ann.receive(status)).toMatchObject(
      refusal("unknown_status", { status: "maybe" }),
    );
  });
});

test("a stranger's words are printed on one line and not for ever", () => {
  const [, bob] = meet({
    ann: { name: `\x1b[31m\n\x9b31m${"x".repeat(200)}` },
  });
  const printed = bob.kind === "refused" ? sentence(bob.refusal) : "";
  expect(printed).toMatch(
    /^"\\u001b\[31m\\n\?31mx{60,80}…" is no name of a node/,
  );
});
