/** How many bytes of length stand before each message; `"line"`: until "\n". */
export type PacketType = 0 | 1 | 2 | 4 | "line";

/**
 * The longest message that is put together, in bytes, as in Erlang's inet
 * driver: a header that says more is a mistake or an attack.
 */
export const LONGEST_PACKET = 64 * 1024 * 1024;

/** A line longer than this comes in pieces, so that none fills the memory. */
export const LONGEST_LINE = 64 * 1024;

const NEWLINE = 10;
const NOTHING = new Uint8Array(0);

export function isPacketType(value: unknown): value is PacketType {
  return [0, 1, 2, 4, "line"].includes(value as PacketType);
}

/**
 * A message as it goes over the wire, copied, so that its sender may change
 * it afterwards; `undefined` if its length does not fit the header.
 */
export function frame(
  packet: PacketType,
  message: Uint8Array,
): Uint8Array | undefined {
  if (packet === "line" || packet === 0) return message.slice();
  if (message.length >= 256 ** packet) return undefined;
  const framed = new Uint8Array(packet + message.length);
  for (let i = packet - 1, rest = message.length; i >= 0; i--) {
    framed[i] = rest;
    rest = Math.floor(rest / 256);
  }
  framed.set(message, packet);
  return framed;
}

/**
 * The bytes that have come in and are no message yet, in the chunks in which
 * they came. TCP keeps the bytes in order and nothing else.
 */
export class Incoming {
  #chunks: Uint8Array[] = [];
  /** Bytes in all chunks together. */
  length = 0;
  /** So many bytes from the start hold no newline: they were looked at. */
  #scanned = 0;

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.length += chunk.length;
  }

  /**
   * The next whole message, without its header; `"more"` while it is not all
   * there. The packet type may be another one each time.
   *
   * @param length - Of packet type 0 only: exactly so many bytes; 0 takes all.
   */
  take(packet: PacketType, length = 0): Uint8Array | "more" | "emsgsize" {
    if (packet === "line") return this.#takeLine();
    if (packet !== 0) return this.#takePacket(packet);
    if (this.length === 0 || this.length < length) return "more";
    return this.#remove(length || this.length);
  }

  clear(): void {
    this.#chunks = [];
    this.length = this.#scanned = 0;
  }

  #takePacket(header: 1 | 2 | 4): Uint8Array | "more" | "emsgsize" {
    if (this.length < header) return "more";
    let size = 0;
    for (const byte of this.#peek(header)) size = size * 256 + byte;
    if (size > LONGEST_PACKET) return "emsgsize";
    if (this.length < header + size) return "more";
    this.#remove(header);
    return this.#remove(size);
  }

  #takeLine(): Uint8Array | "more" {
    // From the first chunk that was not looked at: a client that sends byte by
    // byte would have all of them gone through for each.
    let first = this.#scanned === 0 ? 0 : this.#chunks.length;
    let start = this.#scanned === 0 ? 0 : this.length;
    while (start > this.#scanned) start -= this.#sizeOf(--first);
    for (; first < this.#chunks.length; first++) {
      const chunk = this.#chunks[first] as Uint8Array;
      const place = chunk.indexOf(NEWLINE, Math.max(0, this.#scanned - start));
      if (place >= 0) {
        return this.#remove(Math.min(start + place + 1, LONGEST_LINE));
      }
      start += chunk.length;
    }
    if (this.length >= LONGEST_LINE) return this.#remove(LONGEST_LINE);
    this.#scanned = this.length;
    return "more";
  }

  #sizeOf(place: number): number {
    return (this.#chunks[place] as Uint8Array).length;
  }

  #peek(count: number): Uint8Array {
    const first = this.#chunks[0] as Uint8Array;
    if (first.length >= count) return first.subarray(0, count);
    const bytes: number[] = [];
    for (const chunk of this.#chunks) {
      bytes.push(...chunk.subarray(0, count - bytes.length));
      if (bytes.length === count) break;
    }
    return Uint8Array.from(bytes);
  }

  /** Takes `count` bytes from the front; copies only where chunks are joined. */
  #remove(count: number): Uint8Array {
    this.#scanned = 0;
    this.length -= count;
    if (count === 0) return NOTHING;
    const first = this.#chunks[0] as Uint8Array;
    if (first.length > count) {
      this.#chunks[0] = first.subarray(count);
      return first.subarray(0, count);
    }
    if (first.length === count) return this.#chunks.shift() as Uint8Array;
    const joined = new Uint8Array(count);
    let filled = 0;
    let used = 0;
    while (filled < count) {
      const chunk = this.#chunks[used] as Uint8Array;
      const part = chunk.subarray(0, count - filled);
      joined.set(part, filled);
      filled += part.length;
      if (part.length === chunk.length) used++;
      else this.#chunks[used] = chunk.subarray(part.length);
    }
    this.#chunks.splice(0, used);
    return joined;
  }
}
