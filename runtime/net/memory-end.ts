import { Queue } from "../core/queue.ts";
import type { Place, Receiver, Transport } from "./network.ts";

/** How many bytes may be under way to one end before its writer must wait. */
const CAPACITY_BYTES = 64 * 1024;

/** What TCP puts into one packet of an Ethernet; longer writes are cut. */
const SEGMENT_BYTES = 1460;

/** How something gets from one end of a connection to the other. */
export type Travel = (
  from: MemoryEnd,
  to: MemoryEnd,
  arrive: () => void,
) => void;

/** One end of a connection in memory. */
export class MemoryEnd implements Transport {
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
