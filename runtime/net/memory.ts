import type { LocalNode } from "../core/node.ts";
import type { LocalPid } from "../core/pid.ts";
import { Queue } from "../core/queue.ts";
import type {
  Network,
  Place,
  Receiver,
  Reception,
  Transport,
} from "./network.ts";

/** How many bytes may be under way to one end before its writer must wait. */
const CAPACITY_BYTES = 64 * 1024;

/** What TCP puts into one packet of an Ethernet; longer writes are cut. */
const SEGMENT_BYTES = 1460;

/** The first of the ports that are given to those who ask for any. */
const FIRST_FREE_PORT = 49_152;

const ANY_ADDRESS = "0.0.0.0";

/** How something gets from one end of a connection to the other. */
type Travel = (from: MemoryEnd, to: MemoryEnd, arrive: () => void) => void;

/**
 * A network inside the program, in which everything happens at once. In a
 * simulation bytes travel as signals do, so that their delays vary with the
 * seed; the bytes of one direction keep their order.
 */
export function memoryNetwork(node: LocalNode | undefined): Network {
  const receptions = new Map<string, Reception>();
  let lastPort = FIRST_FREE_PORT - 1;
  let lastEnd = 0;

  const travel: Travel = (from, to, arrive) => {
    // A courier keeps the order between two names, and asks no more of them.
    if (node?.courier === undefined) arrive();
    else {
      node.courier(
        from as unknown as LocalPid,
        to as unknown as LocalPid,
        arrive,
      );
    }
  };

  const isTaken = (host: string, port: number) =>
    receptions.has(`${host}:${port}`) ||
    receptions.has(`${ANY_ADDRESS}:${port}`) ||
    (host === ANY_ADDRESS &&
      [...receptions.keys()].some((place) => place.endsWith(`:${port}`)));

  const freePort = (host: string) => {
    do lastPort++;
    while (isTaken(host, lastPort));
    return lastPort;
  };

  return {
    listen([name, wanted], _backlog, reception) {
      const host = addressOf(name);
      const port = wanted || freePort(host ?? "");
      if (host === undefined) reception.refused("nxdomain");
      else if (isTaken(host, port)) reception.refused("eaddrinuse");
      else {
        receptions.set(`${host}:${port}`, reception);
        reception.listening(port);
        return () => void receptions.delete(`${host}:${port}`);
      }
      return () => {};
    },
    connect([name, port], dialling) {
      const host = addressOf(name);
      const reception =
        receptions.get(`${host}:${port}`) ??
        receptions.get(`${ANY_ADDRESS}:${port}`);
      if (host === undefined) dialling.refused("nxdomain");
      else if (reception === undefined) dialling.refused("econnrefused");
      else {
        const near = new MemoryEnd(++lastEnd, [host, port], travel);
        const far = new MemoryEnd(++lastEnd, [host, freePort("")], travel);
        near.other = far;
        far.other = near;
        reception.connection(far);
        dialling.connected(near);
      }
      return () => {};
    },
  };
}

/** There is no name service here: addresses, and the one name all know. */
function addressOf(host: string): string | undefined {
  if (host === "localhost") return "127.0.0.1";
  return /^[\d.]+$|:/.test(host) ? host : undefined;
}

/** One end of a connection in memory. */
class MemoryEnd implements Transport {
  readonly peer: Place;
  receiver: Receiver | undefined = undefined;
  other: MemoryEnd | undefined = undefined;
  readonly #id: number;
  readonly #travel: Travel;
  /** Arrived and not yet handed on, because this end is paused. */
  readonly #arrived = new Queue<Uint8Array>();
  /** Bytes that were written to this end and not yet handed on. */
  #heldBytes = 0;
  #paused = true;
  #closed = false;
  /** The other side will send no more. */
  #ended = false;
  /** Something was written after the other side had closed. */
  #reset = false;

  constructor(id: number, peer: Place, travel: Travel) {
    this.#id = id;
    this.peer = peer;
    this.#travel = travel;
  }

  toString(): string {
    return `end ${this.#id}`;
  }

  get full(): boolean {
    return (this.other as MemoryEnd).#heldBytes > CAPACITY_BYTES;
  }

  write(bytes: Uint8Array): void {
    const to = this.other as MemoryEnd;
    if (to.#closed) {
      // As with TCP, the first write finds out and the next one is told.
      if (this.#reset) this.receiver?.broken();
      this.#reset = true;
      return;
    }
    to.#heldBytes += bytes.length;
    for (let at = 0; at < bytes.length; at += SEGMENT_BYTES) {
      const segment = bytes.subarray(at, at + SEGMENT_BYTES);
      this.#travel(this, to, () => to.#arrive(segment));
    }
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#handOn();
  }

  close(): void {
    if (this.#closed) return;
    const to = this.other as MemoryEnd;
    const unread = this.#heldBytes > 0;
    this.#closed = true;
    this.#arrived.clear();
    this.#heldBytes = 0;
    this.receiver = undefined;
    this.#travel(this, to, () => {
      to.#ended = true;
      to.#handOn();
    });
    // Bytes that nobody will read are answered with a reset.
    if (unread) to.receiver?.broken();
  }

  #arrive(segment: Uint8Array): void {
    if (this.#closed) return;
    this.#arrived.push(segment);
    this.#handOn();
  }

  #handOn(): void {
    while (!this.#paused && this.#arrived.length > 0) {
      const segment = this.#arrived.shift();
      const wasFull = this.#heldBytes > CAPACITY_BYTES;
      this.#heldBytes -= segment.length;
      this.receiver?.data(segment);
      if (wasFull && this.#heldBytes <= CAPACITY_BYTES) {
        this.other?.receiver?.drained();
      }
    }
    if (this.#ended && !this.#paused) this.receiver?.ended("closed");
  }
}
