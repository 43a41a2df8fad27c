import { afterEach, expect, test } from "vitest";
import type { Self } from "#runtime";
import { HostilePeer } from "./hostile-peer.ts";
import { memoryTransport } from "./memory-transport.ts";
import { place } from "./two-nodes.ts";

const HERE = "a@127.0.0.1";
const THERE = "slow@127.0.0.1";
const BUSY_BYTES = 10_000;

const open: { stop(): void }[] = [];

afterEach(() => {
  for (const one of open.splice(0)) one.stop();
});

async function meet() {
  const transport = memoryTransport();
  const options = { transport, connectAll: false, busyBytes: BUSY_BYTES };
  const here = await place(HERE, options);
  const peer = await HostilePeer.connect(transport, THERE, HERE);
  open.push(here, { stop: () => peer.close() });
  return { here, peer };
}

const turns = async (count: number) => {
  for (let i = 0; i < count; i++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
};

test("who sends to a link that takes nothing is held, and goes on when it does", async () => {
  const { here, peer } = await meet();
  peer.pause();
  let sent = 0;
  const flood = here.node.spawn(function* flood(self: Self<unknown>) {
    for (;;) {
      self.send(["sink", THERE], ["n", sent, new Uint8Array(1_000)]);
      sent++;
      yield* self.yield();
    }
  });
  await turns(50);
  expect(sent).toBeGreaterThanOrEqual(BUSY_BYTES / 1_100);
  expect(sent).toBeLessThan(20);
  const before = sent;
  await turns(50);
  expect(sent).toBe(before);
  peer.resume();
  await turns(10);
  expect(sent).toBeGreaterThan(before);
  here.node.sendExit(flood, "kill");
});

test("others go on while one is held, and the held one can be killed", async () => {
  const { here, peer } = await meet();
  peer.pause();
  const flood = here.node.spawn(function* flood(self: Self<unknown>) {
    for (;;) {
      self.send(["sink", THERE], new Uint8Array(1_000));
      yield* self.yield();
    }
  });
  await turns(20);
  const reason = await here.run(function* (self) {
    self.monitor(flood);
    self.sendExit(flood, "kill");
    return ((yield* self.receive()) as unknown[])[4];
  });
  expect(reason).toBe("killed");
});

test("a held sender is let go when the connection is lost", async () => {
  const { here, peer } = await meet();
  peer.pause();
  const heard = here.run(function* (self) {
    for (let n = 0; n < 30; n++) {
      self.send(["sink", THERE], new Uint8Array(1_000));
      yield* self.yield();
    }
    return "through";
  });
  await turns(20);
  peer.close();
  expect(await heard).toBe("through");
});
