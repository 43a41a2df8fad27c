import { afterEach, expect, test } from "vitest";
import type { Self } from "#runtime";
import { atom, foreignPid, foreignRef, tuple } from "./etf/index.ts";
import { HostilePeer } from "./hostile-peer.ts";
import { memoryTransport } from "./memory-transport.ts";
import { packet } from "./packets.ts";
import { type Place, place } from "./two-nodes.ts";
import type { Transport } from "./wire.ts";

const HERE = "a@127.0.0.1";
const THERE = "evil@127.0.0.1";

const open: { stop(): void }[] = [];

afterEach(() => {
  for (const one of open.splice(0)) one.stop();
});

async function meet(): Promise<[Place, HostilePeer, Transport]> {
  const transport = memoryTransport();
  const here = await place(HERE, {
    transport,
    connectAll: false,
    maximumPacketBytes: 10_000,
  });
  const peer = await HostilePeer.connect(transport, THERE, HERE);
  open.push(here, { stop: () => peer.close() });
  return [here, peer, transport];
}

const bytes = (...all: number[]) => Uint8Array.from(all);
const pid = foreignPid(THERE, 5, 0, 77);
const creation = 4;
const ours = foreignPid(HERE, 1, 0, creation);
const stranger = foreignPid("third@127.0.0.1", 5, 0, 3);
const ref = foreignRef(THERE, 77, [1, 2, 3]);
const nothing = atom("");

/** What is said, and which word the report has for it. */
const lies: Record<string, readonly [(peer: HostilePeer) => void, RegExp]> = {
  "a packet that begins with something else": [
    (peer) => peer.raw(packet(bytes(131, 104, 0))),
    /begins with 112, not with 131/,
  ],
  "a packet of random bytes": [
    (peer) => peer.raw(packet(bytes(112, 131, 255, 9, 9, 9))),
    /bad_tag/,
  ],
  "a term that is cut off": [
    (peer) => peer.raw(packet(bytes(112, 131, 104, 3, 97))),
    /truncated/,
  ],
  "a control message that is no tuple": [
    (peer) => peer.raw(packet(bytes(112), peer.codec.encode(7))),
    /a control message is a tuple/,
  ],
  "an operation that nobody knows": [
    (peer) => peer.say([99, pid, ours]),
    /no operation 99/,
  ],
  "an operation with too few fields": [
    (peer) => peer.say([1, pid]),
    /operation 1 has 2 fields, not 1/,
  ],
  "a send without a message": [
    (peer) => peer.say([2, nothing, ours]),
    /truncated/,
  ],
  "a link with a payload": [
    (peer) => peer.say([1, pid, ours], atom("more")),
    /operation 1 is followed by a payload/,
  ],
  "a send to a process of a third node": [
    (peer) => peer.say([2, nothing, stranger], 1),
    /is no process of this node/,
  ],
  "a send to what is no pid": [
    (peer) => peer.say([2, nothing, 42], 1),
    /42 is no process of this node/,
  ],
  "an exit in the name of a third node": [
    (peer) => peer.say([26, stranger, ours], atom("kill")),
    /evil@127.0.0.1 speaks for/,
  ],
  "a link in the name of one of ours": [
    (peer) => peer.say([1, ours, ours]),
    /speaks for/,
  ],
  "a monitor with our own reference": [
    (peer) => peer.say([19, pid, ours, foreignRef(HERE, creation, [1])]),
    /is no reference of/,
  ],
  "a registered send to what is no name": [
    (peer) => peer.say([6, pid, nothing, 5], 1),
    /the name of a process is an atom/,
  ],
  "an unlink whose id is none": [
    (peer) => peer.say([35, atom("id"), pid, ours]),
    /the id of an unlink is an integer/,
  ],
  "a spawn request without a function": [
    (peer) => peer.say([29, ref, pid, pid, atom("m"), []], []),
    /a spawn request names/,
  ],
  "a spawn request whose arity lies": [
    (peer) =>
      peer.say([29, ref, pid, pid, tuple(atom("m"), atom("f"), 2), []], []),
    /a spawn of arity 2 has other arguments/,
  ],
  "a packet that is announced too large": [
    (peer) => peer.raw(bytes(0xff, 0xff, 0xff, 0xff)),
    /a packet of 4294967295 bytes was announced/,
  ],
};

test.each(Object.keys(lies))(
  "%s ends the connection with a reason, and nothing else",
  async (what) => {
    const [here, peer, transport] = await meet();
    const [lie, why] = lies[what] as (typeof lies)[string];
    lie(peer);
    await peer.closed;
    expect(JSON.stringify(here.reports)).toMatch(why);
    expect(here.distribution.nodes("connected")).toEqual([]);
    // The node itself lives on, and lets the next one in.
    const next = await HostilePeer.connect(transport, "b@127.0.0.1", HERE);
    open.push({ stop: () => next.close() });
    expect(here.distribution.nodes()).toEqual(["b@127.0.0.1"]);
  },
);

test("what concerns nobody here is passed over, and the connection stands", async () => {
  const [here, peer] = await meet();
  const heard = here.run(function* (self: Self<unknown>) {
    self.register("listener");
    return yield* self.receive();
  });
  const older = foreignPid(HERE, 1, 0, 999);
  const olderRef = foreignRef(HERE, 999, [1]);
  peer.raw(packet());
  peer.say([2, nothing, foreignPid(HERE, 12_345, 0, creation)], 1);
  peer.say([2, nothing, older], 1);
  peer.say([6, pid, nothing, atom("nobody")], 1);
  peer.say([33, pid, foreignRef(HERE, creation, [9])], 1);
  peer.say([33, pid, olderRef], 1);
  peer.say([1, pid, older]);
  peer.say([19, pid, older, ref]);
  peer.say([20, pid, older, ref]);
  peer.say([24, pid, ours], atom("unlinked"));
  peer.say([28, pid, ours, foreignRef(HERE, creation, [3])], atom("gone"));
  peer.say([36, 5, pid, ours]);
  peer.say([
    31,
    foreignRef(HERE, creation, [3]),
    ours,
    0,
    atom("system_limit"),
  ]);
  peer.say([7, pid, ours]);
  peer.hello("listener");
  expect(await heard).toBe("hello");
  expect(here.distribution.nodes()).toEqual([THERE]);
  expect(here.reports).toEqual([]);
});

test("a link and a monitor of a process that is gone are answered with noproc", async () => {
  const [, peer] = await meet();
  const gone = foreignPid(HERE, 12_345, 0, creation);
  peer.say([1, pid, gone]);
  peer.say([19, pid, gone, ref]);
  peer.say([35, 8, pid, gone]);
  const said = await answers(peer, 3);
  expect(said).toEqual([
    [tuple(24, gone, pid), "noproc"],
    [tuple(28, gone, pid, ref), "noproc"],
    [tuple(36, 8, gone, pid), undefined],
  ]);
});

/** The next answers, as control tuple and payload. */
async function answers(peer: HostilePeer, count: number) {
  while (
    Buffer.concat(peer.received).length < 1 ||
    split(peer).length < count
  ) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  return split(peer).map((one) => {
    const [control, end] = peer.codec.decodeAt(one, 1);
    const rest = one.subarray(end);
    const payload =
      rest.length > 0 ? peer.codec.decodeMessage(rest) : undefined;
    return [control, payload];
  });
}

function split(peer: HostilePeer): Uint8Array[] {
  const all = Buffer.concat(peer.received);
  const packets: Uint8Array[] = [];
  for (let at = 0; at < all.length; ) {
    const end = at + 4 + all.readUInt32BE(at);
    if (end > at + 4) packets.push(all.subarray(at + 4, end));
    at = end;
  }
  return packets;
}
