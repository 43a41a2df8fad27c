import { EtfError, type EtfErrorCode } from "./etf-error.ts";
import type { Identities } from "./identities.ts";

/** Terms are cut from a store of this size, one after the other. */
const storeBytes = 8_192;

const NO_HEAD = new Uint8Array(0);

/** Bytes being written. Whoever writes reserves the room first. */
export class Writer {
  bytes = new Uint8Array(storeBytes);
  at = 0;
  depth = 0;
  readonly maximumDepth: number;
  readonly identities: Identities;
  #start = 0;
  /** Of these bytes, which stand before the term, no error speaks. */
  #headBytes = 0;

  constructor(maximumDepth: number, identities: Identities) {
    this.maximumDepth = maximumDepth;
    this.identities = identities;
  }

  /** Forgets what was begun and not cut off, and begins a term. */
  begin(head: Uint8Array = NO_HEAD): void {
    this.at = this.#start;
    this.depth = 0;
    this.#headBytes = head.length;
    this.raw(head);
  }

  /** What was written since `begin`: a view of the store, now the caller's. */
  cut(): Uint8Array {
    const term = this.bytes.subarray(this.#start, this.at);
    this.#start = this.at;
    return term;
  }

  /** Room for `count` more bytes, at `at`. */
  reserve(count: number): void {
    if (this.at + count > this.bytes.length) this.#renew(count);
  }

  /** Moves the term to the front of a new store, with room to grow. */
  #renew(count: number): void {
    const begun = this.bytes.subarray(this.#start, this.at);
    const needed = begun.length + count;
    const isLarge = needed > storeBytes / 2;
    const store = new Uint8Array(isLarge ? 2 * needed : storeBytes);
    store.set(begun);
    this.bytes = store;
    this.#start = 0;
    this.at = begun.length;
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.at++] = value;
  }

  tagged(tag: number, byte: number): void {
    this.reserve(2);
    this.bytes[this.at++] = tag;
    this.bytes[this.at++] = byte;
  }

  /** A number of two bytes. */
  short(value: number): void {
    this.reserve(2);
    this.bytes[this.at++] = value >>> 8;
    this.bytes[this.at++] = value;
  }

  /** A number of four bytes. */
  word(value: number): void {
    this.reserve(4);
    const { bytes, at } = this;
    bytes[at] = value >>> 24;
    bytes[at + 1] = value >>> 16;
    bytes[at + 2] = value >>> 8;
    bytes[at + 3] = value;
    this.at = at + 4;
  }

  /** A tag and a length of four bytes. */
  length(tag: number, length: number): void {
    if (length > 0xffff_ffff) {
      throw this.error(
        "too_large",
        `${length} elements are more than 2^32 - 1`,
      );
    }
    this.byte(tag);
    this.word(length);
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
  }

  /** Goes one level deeper; the caller takes `depth` back by one after it. */
  enter(): void {
    if (++this.depth <= this.maximumDepth) return;
    throw this.error(
      "too_deep",
      `the value is nested more than ${this.maximumDepth} levels deep, or ` +
        `contains itself; send it in parts, or as references by name`,
    );
  }

  error(code: EtfErrorCode, message: string): EtfError {
    return new EtfError(code, this.at - this.#start - this.#headBytes, message);
  }
}
