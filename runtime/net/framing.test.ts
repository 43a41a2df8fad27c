import { expect, test } from "vitest";
import { seeded } from "../testing/random.ts";
import {
  frame,
  Incoming,
  LONGEST_LINE,
  LONGEST_PACKET,
  type PacketType,
} from "./framing.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (data: unknown) =>
  data instanceof Uint8Array ? new TextDecoder().decode(data) : data;

/** Everything that comes out of `chunks`, taken as soon as it can be. */
function decoded(packet: PacketType, chunks: readonly Uint8Array[]) {
  const incoming = new Incoming();
  const messages: unknown[] = [];
  for (const chunk of chunks) {
    incoming.push(chunk);
    for (;;) {
      const message = incoming.take(packet);
      if (message === "more") break;
      messages.push(text(message));
      if (message === "emsgsize") return messages;
    }
  }
  return messages;
}

/** Cuts `stream` at random places. */
function cut(stream: Uint8Array, random: () => number): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < stream.length; ) {
    const size = 1 + Math.floor(random() * random() * 40);
    chunks.push(stream.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

for (const packet of [1, 2, 4, "line"] as const) {
  test(`messages of packet ${packet} come out whole however the stream is cut`, () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = seeded(seed);
      const messages = Array.from({ length: 12 }, (_, i) => {
        const body = `${i}`.repeat(Math.floor(random() * 60));
        return packet === "line" ? `${body}\n` : body;
      });
      const stream = joined(
        messages.map((one) => frame(packet, bytes(one)) as Uint8Array),
      );
      expect(decoded(packet, cut(stream, random)), `seed ${seed}`).toEqual(
        messages,
      );
    }
  });
}

test("the header is the length, most significant byte first", () => {
  expect(frame(1, bytes("abc"))).toEqual(joined([bytes("\x03abc")]));
  expect(frame(2, new Uint8Array(258))?.subarray(0, 2)).toEqual(
    Uint8Array.of(1, 2),
  );
  expect(frame(4, new Uint8Array(66_051))?.subarray(0, 4)).toEqual(
    Uint8Array.of(0, 1, 2, 3),
  );
  expect(frame(0, bytes("abc"))).toEqual(bytes("abc"));
});

test("a message longer than its header can say has no frame", () => {
  expect(frame(1, new Uint8Array(255))).toHaveLength(256);
  expect(frame(1, new Uint8Array(256))).toBeUndefined();
  expect(frame(2, new Uint8Array(65_535))).toHaveLength(65_537);
  expect(frame(2, new Uint8Array(65_536))).toBeUndefined();
});

test("a header that announces more than 64 MiB is refused before the message comes", () => {
  const size = LONGEST_PACKET + 1;
  expect(decoded(4, [Uint8Array.of(size >>> 24, 0, 0, 1)])).toEqual([
    "emsgsize",
  ]);
  expect(decoded(4, [Uint8Array.of(LONGEST_PACKET >>> 24, 0, 0, 0)])).toEqual(
    [],
  );
});

test("a line without an end comes in pieces of 64 KiB", () => {
  const incoming = new Incoming();
  for (let i = 0; i < 70; i++) incoming.push(new Uint8Array(1024).fill(120));
  expect(incoming.take("line")).toHaveLength(LONGEST_LINE);
  expect(incoming.take("line")).toBe("more");
  incoming.push(bytes("\n"));
  expect(incoming.take("line")).toHaveLength(70 * 1024 - LONGEST_LINE + 1);
});

test("a line that comes byte by byte is gone through once, not for each byte", () => {
  let looks = 0;
  class Watched extends Uint8Array {
    override get length() {
      looks++;
      return super.length;
    }
  }
  const incoming = new Incoming();
  const count = 5_000;
  let line: unknown;
  for (let i = 1; i <= count; i++) {
    incoming.push(new Watched([i === count ? 10 : 120]));
    line = incoming.take("line");
  }
  expect(text(line)).toBe(`${"x".repeat(count - 1)}\n`);
  // To start from the first one each time would be 12 million.
  expect(looks).toBeLessThan(20 * count);
});

test("packet 0 gives what is there, or exactly as many bytes as asked for", () => {
  const incoming = new Incoming();
  expect(incoming.take(0)).toBe("more");
  incoming.push(bytes("ab"));
  incoming.push(bytes("cd"));
  expect(incoming.take(0, 5)).toBe("more");
  expect(text(incoming.take(0, 3))).toBe("abc");
  incoming.push(bytes("ef"));
  expect(text(incoming.take(0))).toBe("def");
});

test("the packet type may change between two messages", () => {
  const incoming = new Incoming();
  incoming.push(bytes("hello\n\x02okrest"));
  expect(text(incoming.take("line"))).toBe("hello\n");
  expect(text(incoming.take(1))).toBe("ok");
  expect(text(incoming.take(0))).toBe("rest");
});
