import { DistributionError } from "./distribution-error.ts";

const HEADER_BYTES = 4;

/**
 * Cuts a stream of bytes into packets with four bytes of length in front. An
 * empty packet is a tick, a sign of life, and is passed on like any other.
 *
 * @throws DistributionError `too_large` before anything of such a packet is
 * kept, so that a stranger's length costs no memory.
 */
export class PacketReader {
  readonly #largestBytes: number;
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  /** Of the packet under way, its header included; 0 while not known. */
  #wanted = 0;

  constructor(largestBytes: number) {
    this.#largestBytes = largestBytes;
  }

  /** Takes bytes as they come; `take` gets each packet that they complete. */
  push(chunk: Uint8Array, take: (packet: Uint8Array) => void): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    while (this.#bytes >= (this.#wanted || HEADER_BYTES)) {
      const joined = this.#joined();
      if (this.#wanted === 0) this.#wanted = this.#sizeAt(joined);
      if (joined.length < this.#wanted) return;
      const packet = joined.subarray(HEADER_BYTES, this.#wanted);
      const rest = joined.subarray(this.#wanted);
      this.#chunks = rest.length > 0 ? [rest] : [];
      this.#bytes = rest.length;
      this.#wanted = 0;
      take(packet);
    }
  }

  #sizeAt(bytes: Uint8Array): number {
    const [a = 0, b = 0, c = 0, d = 0] = bytes;
    const size = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
    if (size > this.#largestBytes) {
      throw new DistributionError(
        "too_large",
        `a packet of ${size} bytes was announced; the limit is ` +
          `${this.#largestBytes} (maximumPacketBytes)`,
      );
    }
    return HEADER_BYTES + size;
  }

  #joined(): Uint8Array {
    const [first] = this.#chunks;
    if (this.#chunks.length === 1 && first) return first;
    const joined = new Uint8Array(this.#bytes);
    let at = 0;
    for (const chunk of this.#chunks) {
      joined.set(chunk, at);
      at += chunk.length;
    }
    this.#chunks = [joined];
    return joined;
  }
}

/** A packet with its length in front, put together from parts. */
export function packet(...parts: readonly Uint8Array[]): Uint8Array {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  const framed = new Uint8Array(HEADER_BYTES + size);
  let at = HEADER_BYTES;
  for (const part of parts) {
    framed.set(part, at);
    at += part.length;
  }
  return measured(framed);
}

/** Writes a packet's length into its first four bytes. */
export function measured(packet: Uint8Array): Uint8Array {
  const size = packet.length - HEADER_BYTES;
  packet[0] = size >>> 24;
  packet[1] = size >>> 16;
  packet[2] = size >>> 8;
  packet[3] = size;
  return packet;
}
