import { PUBLISHED } from "./handshake/flags.ts";
import type { RemoteNode } from "./remote-node.ts";

/** Whether a connection is seen in `nodes()`: neither of the two is hidden. */
export function isVisible({ connection }: RemoteNode): boolean {
  return connection !== undefined && (connection.peer.flags & PUBLISHED) !== 0n;
}
