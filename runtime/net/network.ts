import { VirtualClock } from "../core/clock.ts";
import type { LocalNode } from "../core/node.ts";
import { memoryNetwork } from "./memory.ts";
import type { SocketReason } from "./result.ts";

/** An address and a port. */
export type Place = readonly [address: string, port: number];

/** One end of a connection, as a network provides it. Bytes, no messages. */
export interface Transport {
  readonly peer: Place;
  /** Who is told of what happens. Set before the first `resume`. */
  receiver: Receiver | undefined;
  /** Takes all bytes; `full` is true afterwards while they pile up. */
  write(bytes: Uint8Array): void;
  readonly full: boolean;
  /** From now on bytes stay outside; the other side's writes come to a halt. */
  pause(): void;
  resume(): void;
  /**
   * Calls back when all that the system has by now was told. Not there if
   * `resume` tells it at once.
   */
  settled?(then: () => void): void;
  /** Sends what was written, then the end; nothing is told any more. */
  close(): void;
}

/** What a transport tells. */
export interface Receiver {
  data(bytes: Uint8Array): void;
  /** No more bytes will come: the other side has closed, or is gone. */
  ended(reason: SocketReason): void;
  /** There is room for writes again. */
  drained(): void;
  /** Nobody takes writes any more; what has arrived can still be read. */
  broken(): void;
}

/** What a listening place tells. A connection waits, paused, until accepted. */
export interface Reception {
  listening(port: number): void;
  refused(reason: SocketReason): void;
  connection(transport: Transport): void;
}

/** What an attempt to connect tells: one of the two, once. */
export interface Dialling {
  connected(transport: Transport): void;
  refused(reason: SocketReason): void;
}

/** A way to reach others. Each call returns how to stop what it started. */
export interface Network {
  listen(place: Place, backlog: number, reception: Reception): () => void;
  connect(place: Place, dialling: Dialling): () => void;
}

/** The networks of simulated nodes: each has one to itself. */
const simulated = new WeakMap<LocalNode, Network>();

/** The network of all other nodes. */
let outer: Network | undefined;

/** Says what the nodes that live in real time are connected by. */
export function useOuterNetwork(network: Network): void {
  outer = network;
}

/** Under virtual time nothing real can be waited for, so all is in memory. */
export function networkOf(node: LocalNode): Network {
  if (!(node.clock instanceof VirtualClock)) {
    outer ??= memoryNetwork(undefined);
    return outer;
  }
  const known = simulated.get(node);
  if (known !== undefined) return known;
  const network = memoryNetwork(node);
  simulated.set(node, network);
  return network;
}
