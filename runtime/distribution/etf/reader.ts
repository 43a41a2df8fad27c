import { Buffer } from "../bytes.ts";
import { EtfError, type EtfErrorCode } from "./etf-error.ts";
import type { Identities } from "./identities.ts";

/** How much of a stranger's bytes the codec is willing to believe. */
export interface Limits {
  /**
   * Levels of nesting, for reading and for writing. Default 1,000; from about
   * 3,000 on JavaScript's stack is the limit.
   */
  readonly maximumDepth: number;
  /**
   * Size of a compressed term once inflated. Default 1 MiB: nodes of OTP send
   * each other none, and a few bytes can inflate to very many values.
   */
  readonly maximumInflatedBytes: number;
  /**
   * How many values one term may consist of. Default 5 million: an empty list
   * is one byte on the wire and seventy in memory.
   */
  readonly maximumValues: number;
}

/** Bytes being read, and where. Every step looks before it reads. */
export class Reader {
  readonly bytes: Uint8Array;
  readonly limits: Limits;
  readonly identities: Identities;
  at: number;
  depth = 0;
  /** How many values were read, those inside others included. */
  values = 0;
  /** Whether what is read is part of a fun, of which only the bytes count. */
  isInsideFun = false;
  /** Made when first asked for; many messages never need it. */
  #buffer: Buffer | undefined;

  constructor(
    bytes: Uint8Array,
    at: number,
    limits: Limits,
    identities: Identities,
  ) {
    this.bytes = bytes;
    this.at = at;
    this.limits = limits;
    this.identities = identities;
  }

  /** The same bytes, for what only a Buffer can do. */
  get buffer(): Buffer {
    const { buffer, byteOffset, byteLength } = this.bytes;
    this.#buffer ??= Buffer.from(buffer, byteOffset, byteLength);
    return this.#buffer;
  }

  /** How many bytes are left. No term is shorter than one byte. */
  get left(): number {
    return this.bytes.length - this.at;
  }

  /** Goes past `count` bytes that must be there; returns where they began. */
  take(count: number): number {
    const from = this.at;
    const to = from + count;
    if (to > this.bytes.length) throw this.truncated(count);
    this.at = to;
    return from;
  }

  byte(): number {
    const { at, bytes } = this;
    if (at >= bytes.length) throw this.truncated(1);
    this.at = at + 1;
    return bytes[at] as number;
  }

  /** An unsigned number of two bytes. */
  short(): number {
    const from = this.take(2);
    return (
      ((this.bytes[from] as number) << 8) | (this.bytes[from + 1] as number)
    );
  }

  /** An unsigned number of four bytes. */
  word(): number {
    return this.signedWord() >>> 0;
  }

  /** A signed number of four bytes. */
  signedWord(): number {
    const from = this.take(4);
    const { bytes } = this;
    return (
      ((bytes[from] as number) << 24) |
      ((bytes[from + 1] as number) << 16) |
      ((bytes[from + 2] as number) << 8) |
      (bytes[from + 3] as number)
    );
  }

  /** A length of four bytes, of things that take `size` bytes each or more. */
  length(size: number): number {
    const length = this.word();
    if (length * size > this.left) throw this.truncated(length * size);
    return length;
  }

  /** Goes one level deeper; the caller takes `depth` back by one after it. */
  enter(): void {
    if (++this.depth <= this.limits.maximumDepth) return;
    throw this.error(
      "too_deep",
      `the term is nested more than ${this.limits.maximumDepth} levels deep; ` +
        `raise maximumDepth if the sender is to be trusted`,
    );
  }

  /** Counts one more value. */
  count(): void {
    if (++this.values <= this.limits.maximumValues) return;
    throw this.error(
      "too_large",
      `the term consists of more than ${this.limits.maximumValues} values; ` +
        `raise maximumValues if the sender is to be trusted`,
    );
  }

  error(code: EtfErrorCode, message: string, options?: ErrorOptions): EtfError {
    return new EtfError(code, this.at, message, options);
  }

  truncated(wanted: number): EtfError {
    return this.error(
      "truncated",
      `the bytes end inside the term: ${wanted} more should follow and ` +
        `${this.left} do; a frame was cut, or its length field is wrong`,
    );
  }
}
