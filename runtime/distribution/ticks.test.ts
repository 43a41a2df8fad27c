import { afterEach, expect, test } from "vitest";
import { createNode, type Report, VirtualClock } from "#runtime";
import { HostilePeer } from "./hostile-peer.ts";
import { memoryTransport } from "./memory-transport.ts";
import { startDistribution } from "./start-distribution.ts";

const HERE = "a@127.0.0.1";
const THERE = "silent@127.0.0.1";
const QUARTER_MS = 15_000;

const open: { stop(): void }[] = [];

afterEach(() => {
  for (const one of open.splice(0)) one.stop();
});

/** A node whose time stands still until it is told to go on. */
async function meet() {
  const transport = memoryTransport();
  const clock = new VirtualClock();
  const reports: Report[] = [];
  const logger = (report: Report) => void reports.push(report);
  const node = createNode({ name: HERE, clock, logger });
  const distribution = await startDistribution(node, {
    cookie: "secret",
    transport,
    connectAll: false,
  });
  const peer = await HostilePeer.connect(transport, THERE, HERE);
  open.push(distribution, node, { stop: () => peer.close() });
  /** A quarter of the tick time passes, and what comes of it is done. */
  const quarter = async () => {
    const untilMs = clock.now() + QUARTER_MS;
    while (clock.now() < untilMs && clock.advance()) {
      await new Promise((resolve) => setImmediate(resolve));
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { distribution, reports, peer, quarter };
}

test("a silent connection is kept alive by a tick every quarter of the tick time", async () => {
  const { peer, quarter } = await meet();
  await quarter();
  await quarter();
  await quarter();
  const heard = Buffer.concat(peer.received);
  expect(heard.length).toBeGreaterThanOrEqual(8);
  expect(heard.every((byte) => byte === 0)).toBe(true);
});

test("a node that says nothing for the tick time is gone", async () => {
  const { distribution, reports, peer, quarter } = await meet();
  for (let i = 0; i < 4; i++) {
    await quarter();
    expect(distribution.nodes()).toEqual([THERE]);
  }
  await quarter();
  await peer.closed;
  expect(distribution.nodes()).toEqual([]);
  expect(JSON.stringify(reports)).toContain("net_tick_timeout");
});

test("a tick of the other node is a sign of life", async () => {
  const { distribution, peer, quarter } = await meet();
  for (let i = 0; i < 20; i++) {
    peer.raw(Uint8Array.of(0, 0, 0, 0));
    await quarter();
  }
  expect(distribution.nodes()).toEqual([THERE]);
});
