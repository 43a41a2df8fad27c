import type { LocalNode } from "../core/node.ts";
import { LocalPid } from "../core/pid.ts";
import type { Allowed } from "./allowed.ts";
import { Arrivals } from "./arrivals.ts";
import { codecFor } from "./codec-for.ts";
import { Connection } from "./connection.ts";
import { Connector } from "./connector.ts";
import type { Codec } from "./etf/index.ts";
import { Frames } from "./frames.ts";
import type { Identity, Peer } from "./handshake/transition.ts";
import { introduce, type MeshNode } from "./mesh.ts";
import { NodeTable } from "./node-table.ts";
import { NodeWatch } from "./node-watch.ts";
import type { Settings } from "./options.ts";
import { readControl } from "./read-control.ts";
import type { RemoteNode } from "./remote-node.ts";
import { type Reporter, reporter } from "./reporter.ts";
import { spawnService } from "./spawn-service.ts";
import type { Surroundings } from "./surroundings.ts";
import { isVisible } from "./visible.ts";
import type { Transport, Wire } from "./wire.ts";

/** The other nodes as one node has them: who is connected, and what comes of it. */
export class Cluster implements MeshNode {
  readonly nodeName: string;
  readonly table = new NodeTable();
  readonly watch: NodeWatch;
  readonly connector: Connector;
  readonly #home: LocalNode;
  readonly #report: Reporter;
  readonly #settings: Settings;
  readonly #codec: Codec;
  readonly #frames: Frames;
  readonly #around: Surroundings;
  #spawn: ReturnType<typeof spawnService> = () => {};

  constructor(
    home: LocalNode,
    kernel: unknown,
    me: Identity,
    transport: Transport,
    settings: Settings,
  ) {
    this.nodeName = me.name;
    this.#home = home;
    this.#report = reporter(home, String(kernel));
    this.#settings = settings;
    this.watch = new NodeWatch(home);
    this.#codec = codecFor(home, me, (name) => {
      const remote = this.named(name);
      return { remote, index: remote.index };
    });
    this.#frames = new Frames(this.#codec, new LocalPid(0, home.index));
    this.connector = new Connector({
      home,
      me,
      transport,
      setupTimeMs: settings.setupTimeMs,
      named: (name) => this.named(name),
      connected: (...it) => this.#connected(...it),
      failed: (there, why) => {
        this.#report("debug", `No connection with ${there.nodeName}: ${why}`);
        this.#lost(there, false);
      },
      turnedAway: (why) => this.#report("error", why),
    });
    this.#around = {
      home,
      frames: this.#frames,
      busyBytes: settings.busyBytes,
      connect: (there) => {
        this.table.keep(there);
        this.connector.connect(there);
      },
    };
  }

  /** From now on this node's processes reach others, and are reached. */
  begin(allow: Allowed): void {
    this.#spawn = spawnService(this.#home, this.#frames, allow);
    this.#home.remoteNamed = (name) => this.named(name);
    // The nodes of one program speak to one another as if they were apart.
    const home = this.#home;
    home.nodeNamed = (name) => (name === home.name ? home : undefined);
  }

  named(nodeName: string): RemoteNode {
    return this.table.named(nodeName, this.#around);
  }

  nodes(): string[] {
    return this.table.up.filter(isVisible).map(({ nodeName }) => nodeName);
  }

  connect(nodeName: string): void {
    this.named(nodeName).connect();
  }

  tick(): void {
    for (const { connection } of this.table.up) connection?.tick();
  }

  disconnect(remote: RemoteNode): void {
    const wasVisible = isVisible(remote);
    remote.connection?.close();
    this.#lost(remote, wasVisible);
  }

  stop(): void {
    this.connector.stop();
    for (const remote of this.table.kept) this.disconnect(remote);
    this.#home.remoteNamed = undefined;
    Reflect.deleteProperty(this.#home, "nodeNamed");
  }

  #connected(remote: RemoteNode, peer: Peer, wire: Wire, rest: Uint8Array) {
    // It has proved that the connection we have is of an earlier life.
    if (remote.state === "up") this.disconnect(remote);
    remote.contested = false;
    const { nodeName } = remote;
    const { maximumPacketBytes, connectAll } = this.#settings;
    const arrivals = new Arrivals(this.#around, remote, (...it) =>
      this.#spawn(...it),
    );
    const connection = new Connection(wire, peer, maximumPacketBytes, {
      packet: (bytes) => arrivals.take(readControl(bytes, this.#codec)),
      drained: () => remote.senders.release(),
      lost: (reason) => {
        if (reason !== "connection_closed") {
          this.#report("error", `Node ${nodeName} is disconnected: ${reason}`);
        }
        this.#lost(remote, visible);
      },
    });
    this.table.keep(remote);
    remote.up(connection);
    const visible = isVisible(remote);
    if (visible) this.watch.up(nodeName);
    if (visible && connectAll) {
      this.#home.spawn(undefined, introduce as never, [this, nodeName]);
    }
    if (rest.length > 0) connection.read(rest);
  }

  #lost(remote: RemoteNode, wasVisible: boolean): void {
    this.table.release(remote);
    remote.fail();
    this.watch.down(remote.nodeName, wasVisible);
  }
}
