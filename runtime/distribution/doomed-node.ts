import type { Self } from "../core/self.ts";
import { createNode } from "../core/world.ts";
import { startDistribution } from "./start-distribution.ts";

/**
 * A node in an operating system process of its own, for tests that kill it:
 * `node --import tsx doomed-node.ts NAME COOKIE EPMD_PORT TICK_TIME_MS`.
 */
const [name = "", cookie = "", port = "", tick = ""] = process.argv.slice(2);
const node = createNode({ name });
await startDistribution(node, {
  cookie,
  epmd: { epmdPort: Number(port) },
  tickTimeMs: Number(tick),
});
const victim = node.spawn(function* (self: Self<unknown>) {
  yield* self.receive();
});
node.register("victim", victim);
console.log("up");
