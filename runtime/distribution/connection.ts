import { DistributionError } from "./distribution-error.ts";
import { EtfError } from "./etf/index.ts";
import type { Peer } from "./handshake/transition.ts";
import { PacketReader, packet } from "./packets.ts";
import type { Wire } from "./wire.ts";

const TICK = packet();
/** So many ticks make the tick time; after that a silent node is gone. */
export const TICKS_TO_LIVE = 4;

/** What comes of a connection. */
export interface Reception {
  /** A packet that is not empty. May throw: then the connection ends. */
  packet(bytes: Uint8Array): void;
  drained(): void;
  /** Told once, and never after `close`. */
  lost(reason: string): void;
}

/**
 * A connection between two nodes that have shaken hands: packets both ways,
 * and ticks, so that a silent node can be told from one that is gone.
 */
export class Connection {
  readonly peer: Peer;
  readonly #wire: Wire;
  readonly #reader: PacketReader;
  readonly #reception: Reception;
  #wrote = false;
  #silentTicks = 0;
  #open = true;

  constructor(
    wire: Wire,
    peer: Peer,
    largestPacketBytes: number,
    reception: Reception,
  ) {
    this.#wire = wire;
    this.peer = peer;
    this.#reader = new PacketReader(largestPacketBytes);
    this.#reception = reception;
    wire.trust?.();
    wire.listener = {
      data: (bytes) => this.read(bytes),
      drained: () => reception.drained(),
      closed: (reason) => this.#end(reason),
    };
  }

  get pendingBytes(): number {
    return this.#wire.pendingBytes;
  }

  write(frame: Uint8Array): void {
    this.#wrote = true;
    this.#wire.write(frame);
  }

  /** Takes bytes from the wire, or what came right behind the handshake. */
  read(bytes: Uint8Array): void {
    this.#silentTicks = 0;
    try {
      this.#reader.push(bytes, this.#take);
    } catch (error) {
      this.#end(reasonOf(error));
    }
  }

  /** An empty one is a tick; one behind the end is nobody's. */
  readonly #take = (packet: Uint8Array): void => {
    if (this.#open && packet.length > 0) this.#reception.packet(packet);
  };

  /** A quarter of the tick time has passed. */
  tick(): void {
    if (!this.#open) return;
    if (++this.#silentTicks > TICKS_TO_LIVE) {
      this.#end("net_tick_timeout");
      return;
    }
    if (!this.#wrote) this.#wire.write(TICK);
    this.#wrote = false;
  }

  /** Ends it from this side; `lost` is not told. */
  close(): void {
    this.#open = false;
    this.#wire.close();
  }

  #end(reason: string): void {
    if (!this.#open) return;
    this.close();
    this.#reception.lost(reason);
  }
}

/** Nothing that a stranger sends may do more harm than end its connection. */
function reasonOf(error: unknown): string {
  if (error instanceof DistributionError || error instanceof EtfError) {
    return `${error.code}: ${error.message}`;
  }
  return `malformed: ${String(error)}`;
}
