import type { ForeignPid } from "./foreign-pid.ts";
import type { ForeignPort } from "./foreign-port.ts";
import type { ForeignRef } from "./foreign-ref.ts";

/** What names something of one node among all nodes. */
export type Foreign = ForeignPid | ForeignRef | ForeignPort;

/**
 * How a node's own pids and references are told on the wire. The codec knows
 * nothing of processes; whoever does passes these two.
 */
export interface Identities {
  /**
   * What stands in this realm for an identity that came in: the process's own
   * pid when it is ours, for example. By default the identity itself, of which
   * there is one object; the one that is passed here is made for this call.
   */
  resolve?(foreign: Foreign): unknown;
  /**
   * The identity to send for an object that is none of the codec's own
   * classes; `undefined` when there is none, which refuses the object.
   */
  describe?(value: object): Foreign | undefined;
}
