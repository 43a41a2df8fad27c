import type { LocalNode } from "../core/node.ts";
import type { Identity, Peer } from "./handshake/transition.ts";
import type { RemoteNode } from "./remote-node.ts";
import type { Transport, Wire } from "./wire.ts";

/** What a connector needs, and whom it tells. */
export interface ConnectorOptions {
  readonly home: LocalNode;
  readonly me: Identity;
  readonly transport: Transport;
  readonly setupTimeMs: number;
  named(nodeName: string): RemoteNode;
  connected(remote: RemoteNode, peer: Peer, wire: Wire, rest: Uint8Array): void;
  /** No connection came about. */
  failed(remote: RemoteNode, why: string): void;
  /** Somebody knocked and was not let in. */
  turnedAway(why: string): void;
}

/** A connection in the making; what it does when another goes before it. */
export interface Attempt {
  giveUp: () => void;
}
