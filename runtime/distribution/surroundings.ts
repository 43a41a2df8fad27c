import type { LocalNode } from "../core/node.ts";
import type { Frames } from "./frames.ts";
import type { RemoteNode } from "./remote-node.ts";

/** What a node elsewhere needs of the node it is elsewhere from. */
export interface Surroundings {
  readonly home: LocalNode;
  readonly frames: Frames;
  /** So much may be under way before senders are held. */
  readonly busyBytes: number;
  /** Sets about a connection; `up` or `fail` is called later. */
  connect(remote: RemoteNode): void;
}
