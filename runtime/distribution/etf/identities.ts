import { ForeignPid, foreignPid } from "./foreign-pid.ts";
import { type ForeignPort, foreignPort } from "./foreign-port.ts";
import { ForeignRef, theOneRef } from "./foreign-ref.ts";

/** What names something of one node among all nodes. */
export type Foreign = ForeignPid | ForeignRef | ForeignPort;

/**
 * How a node's own pids and references are told on the wire. The codec knows
 * nothing of processes; whoever does passes these two.
 */
export interface Identities {
  /**
   * What stands in this realm for an identity that came in: the process's own
   * pid when it is ours, for example. What is passed is made for this call; by
   * default {@link theOne} stands for it.
   */
  resolve?(foreign: Foreign): unknown;
  /**
   * The identity to send for an object that is none of the codec's own
   * classes; `undefined` when there is none, which refuses the object.
   */
  describe?(value: object): Foreign | undefined;
}

/** The one object that there is for an identity, so that `===` compares. */
export function theOne(foreign: Foreign): Foreign {
  const { node, creation } = foreign;
  if (foreign instanceof ForeignPid) {
    return foreignPid(node, foreign.id, foreign.serial, creation);
  }
  return foreign instanceof ForeignRef
    ? theOneRef(foreign)
    : foreignPort(node, foreign.id, creation);
}
