import { afterEach, expect, test } from "vitest";
import type { Pid, Self } from "#runtime";
import { atom, type ForeignPid, foreignPid } from "./etf/index.ts";
import { HostilePeer } from "./hostile-peer.ts";
import { memoryTransport } from "./memory-transport.ts";
import { type Place, place } from "./two-nodes.ts";

const HERE = "a@127.0.0.1";
const THERE = "scripted@127.0.0.1";

const open: { stop(): void }[] = [];

afterEach(() => {
  for (const one of open.splice(0)) one.stop();
});

/** A process here that traps exits and does as it is told; the scripted peer. */
async function meet(): Promise<[Place, HostilePeer, Pid<unknown>, unknown[]]> {
  const transport = memoryTransport();
  const here = await place(HERE, { transport, connectAll: false });
  const peer = await HostilePeer.connect(transport, THERE, HERE);
  open.push(here, { stop: () => peer.close() });
  const heard: unknown[] = [];
  const pid = here.node.spawn(function* linked(self: Self<unknown>) {
    self.trapExit(true);
    for (;;) {
      const message = (yield* self.receive()) as [string, Pid, unknown?];
      if (message[0] === "link") self.link(message[1]);
      else if (message[0] === "unlink") self.unlink(message[1]);
      else heard.push(message[0] === "EXIT" ? ["EXIT", message[2]] : message);
    }
  });
  here.node.register("linked", pid as Pid);
  return [here, peer, pid, heard];
}

const turns = async () => {
  for (let i = 0; i < 5; i++) await new Promise((done) => setImmediate(done));
};

/** Tells the process through the peer, whose pid it then gets. */
function tell(peer: HostilePeer, what: string): void {
  peer.say([6, peer.pid, atom(""), atom("linked")], [what, peer.pid]);
}

/** The pid that the peer was told of, in the last control message of a kind. */
function told(peer: HostilePeer, operation: number): unknown[] {
  const all = Buffer.concat(peer.received);
  let found: unknown[] = [];
  for (let at = 0; at < all.length; ) {
    const end = at + 4 + all.readUInt32BE(at);
    if (end > at + 4) {
      const [control] = peer.codec.decodeAt(all.subarray(at + 4, end), 1);
      if ((control as unknown[])[0] === operation) found = control as unknown[];
    }
    at = end;
  }
  return found;
}

test("an exit that crosses an unlink does not count; one after a new link does", async () => {
  const [, peer, , heard] = await meet();
  tell(peer, "link");
  await turns();
  const ours = told(peer, 1)[1] as ForeignPid;
  tell(peer, "unlink");
  await turns();
  const id = told(peer, 35)[1];
  peer.say([24, peer.pid, ours], atom("crossed"));
  tell(peer, "link");
  await turns();
  expect(heard).toEqual([]);
  peer.say([36, id, peer.pid, ours]);
  peer.say([24, peer.pid, ours], atom("noproc"));
  await turns();
  expect(heard).toEqual([["EXIT", "noproc"]]);
});

test("a link from there that crosses an unlink is undone by it on both sides", async () => {
  const [, peer, , heard] = await meet();
  tell(peer, "link");
  await turns();
  const ours = told(peer, 1)[1] as ForeignPid;
  tell(peer, "unlink");
  await turns();
  peer.say([1, peer.pid, ours]);
  peer.say([36, told(peer, 35)[1], peer.pid, ours]);
  peer.say([24, peer.pid, ours], atom("unlinked"));
  await turns();
  expect(heard).toEqual([]);
});

test("an unlink from there is acknowledged, whoever is left here", async () => {
  const [here, peer, pid] = await meet();
  tell(peer, "link");
  await turns();
  const ours = told(peer, 1)[1] as ForeignPid;
  here.node.sendExit(pid as Pid, "kill");
  peer.say([35, 12, peer.pid, ours]);
  await turns();
  expect(told(peer, 36)).toEqual([36, 12, ours, foreignPid(THERE, 5, 0, 77)]);
});
