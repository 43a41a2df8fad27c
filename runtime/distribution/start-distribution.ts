import type { LocalNode } from "../core/node.ts";
import type { LocalPid } from "../core/pid.ts";
import type { LocalProcess } from "../core/process.ts";
import { sendExitSignal } from "../core/signal.ts";
import type { Node } from "../core/world.ts";
import { Cluster } from "./cluster.ts";
import { TICKS_TO_LIVE } from "./connection.ts";
import { Distribution } from "./distribution.ts";
import { DistributionError } from "./distribution-error.ts";
import { Cookie } from "./handshake/cookie.ts";
import { findCookie } from "./handshake/find-cookie.ts";
import * as flags from "./handshake/flags.ts";
import { meshFunctions } from "./mesh.ts";
import { NET_KERNEL, netKernel } from "./net-kernel.ts";
import { splitNodeName } from "./node-name.ts";
import { DEFAULTS, type DistributionOptions } from "./options.ts";
import { REX, rex } from "./rex.ts";
import { socketTransport } from "./socket-transport.ts";
import type { Wire } from "./wire.ts";

/** What this node can do besides what the handshake says of itself. */
const OFFERED = flags.OFFERED | flags.SPAWN | flags.ALIAS;

/**
 * Lets a node take part in a cluster of nodes, Erlang's own or others of this
 * runtime: it listens, enters its name with EPMD, and connects on first use.
 * Erlang's `net_kernel:start/2`.
 *
 * @throws DistributionError, EpmdError or CookieError: the node then is as it
 * was before.
 */
export async function startDistribution(
  node: Node,
  given: DistributionOptions = {},
): Promise<Distribution> {
  const options = { ...DEFAULTS, ...given };
  splitNodeName(node.name);
  const cookie = given.cookie ? new Cookie(given.cookie) : findCookie();
  const others = Object.entries(given.cookieFor ?? {}).map(
    ([name, value]) => [name, new Cookie(value)] as const,
  );
  const cookies = new Map(others);
  if (node.whereis(NET_KERNEL) !== undefined) {
    throw new DistributionError(
      "already_started",
      `${node.name} is part of a cluster already. Stop that distribution first.`,
    );
  }
  const transport = options.transport ?? socketTransport(options.epmd);
  const { host, hidden } = options;
  let visit: (wire: Wire) => void = (wire) => wire.close();
  const door = await transport.open({ host, port: options.port }, (wire) =>
    visit(wire),
  );
  const { port } = door;
  const entry = await transport
    .enter(node.name, { host, port }, hidden)
    .catch((error: unknown) => {
      door.close();
      throw error;
    });
  const { creation } = entry;
  const identity = {
    name: node.name,
    creation,
    flags: hidden ? OFFERED & ~flags.PUBLISHED : OFFERED,
    cookieFor: (peer: string) => cookies.get(peer) ?? cookie,
  };

  const tickMs = Math.max(1, Math.floor(options.tickTimeMs / TICKS_TO_LIVE));
  const kernel = node.spawn(netKernel, tickMs, () => cluster.tick());
  const home = homeOf(kernel);
  const cluster = new Cluster(home, kernel, identity, transport, options);
  const allow = { ...given.allow };
  for (const [module, functions] of Object.entries(meshFunctions(cluster))) {
    allow[module] = { ...functions, ...allow[module] };
  }
  cluster.begin(allow);
  node.register(NET_KERNEL, kernel);
  const server = node.spawn(rex, allow);
  node.register(REX, server);
  // A node that is stopped, or whose kernel is ended, has left its cluster.
  const { process } = kernel as unknown as LocalPid;
  (process as LocalProcess).cleanups = new Set([
    () => {
      cluster.stop();
      entry.close();
      door.close();
    },
  ]);
  visit = (wire) => cluster.connector.visit(wire);
  return new Distribution({
    home,
    table: cluster.table,
    watch: cluster.watch,
    port,
    creation,
    named: (name) => cluster.named(name),
    disconnect: (remote) => cluster.disconnect(remote),
    stop() {
      for (const pid of [server, kernel]) {
        sendExitSignal(home, undefined, pid, "kill", false);
      }
    },
  });
}

/** The node that a process lives on, as the inside of the runtime knows it. */
function homeOf(pid: unknown): LocalNode {
  return ((pid as LocalPid).process as LocalProcess).home;
}
