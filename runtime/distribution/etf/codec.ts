import type { Identities } from "./identities.ts";
import { Pen } from "./pen.ts";
import { readMessage, readTerm } from "./read-term.ts";
import { type Read, readVersioned, refuseMore } from "./read-versioned.ts";
import { type Limits, Reader } from "./reader.ts";
import { writeMessage, writeTerm } from "./write-term.ts";

/** Turns values into bytes and back. Made by {@link createCodec}. */
export interface Codec {
  /** A term with its version byte. Erlang's `term_to_binary/1`. */
  encode(term: unknown): Uint8Array;
  /** What `encode` made, or Erlang's `binary_to_term/1`; all of the bytes. */
  decode(bytes: Uint8Array): unknown;
  /** The same for a whole message, where a bare string is an atom. */
  encodeMessage(message: unknown): Uint8Array;
  /** A message behind a copy of `head`; the bytes are the caller's to change. */
  encodeMessageBehind(head: Uint8Array, message: unknown): Uint8Array;
  decodeMessage(bytes: Uint8Array): unknown;
  /** A term that begins at `offset`, and where the bytes after it begin. */
  decodeAt(
    bytes: Uint8Array,
    offset: number,
  ): readonly [term: unknown, end: number];
}

/** How a codec treats what the format leaves open. */
export interface CodecOptions extends Partial<Limits> {
  readonly identities?: Identities;
}

/**
 * A codec of Erlang's External Term Format (manual: erts, "External Term
 * Format") for one node.
 *
 * Every method throws {@link EtfError} for bytes or values it refuses.
 */
export function createCodec(options: CodecOptions = {}): Codec {
  const { identities = {}, maximumDepth = 1_000 } = options;
  const { maximumInflatedBytes = 1_048_576, maximumValues = 5_000_000 } =
    options;
  const limits = { maximumDepth, maximumInflatedBytes, maximumValues };
  const pen = new Pen(limits, identities);

  function decodeAt(
    bytes: Uint8Array,
    offset: number,
    read: Read,
  ): readonly [unknown, number] {
    const reader = new Reader(bytes, offset, limits, identities);
    const term = readVersioned(reader, read);
    return [term, reader.at];
  }

  function decode(bytes: Uint8Array, read: Read): unknown {
    const reader = new Reader(bytes, 0, limits, identities);
    const term = readVersioned(reader, read);
    refuseMore(reader);
    return term;
  }

  return {
    encode: (term) => pen.write(term, writeTerm),
    decode: (bytes) => decode(bytes, readTerm),
    encodeMessage: (message) => pen.write(message, writeMessage),
    encodeMessageBehind: (head, message) =>
      pen.write(message, writeMessage, head),
    decodeMessage: (bytes) => decode(bytes, readMessage),
    decodeAt: (bytes, offset) => decodeAt(bytes, offset, readTerm),
  };
}
