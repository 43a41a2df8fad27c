import type { Identities } from "./identities.ts";
import { inflate } from "./inflate.ts";
import { readMessage, readTerm } from "./read-term.ts";
import { type Limits, Reader } from "./reader.ts";
import { Tag, VERSION } from "./tags.ts";
import { writeMessage, writeTerm } from "./write-term.ts";
import { Writer } from "./writer.ts";

/** Turns values into bytes and back. Made by {@link createCodec}. */
export interface Codec {
  /** A term with its version byte. Erlang's `term_to_binary/1`. */
  encode(term: unknown): Uint8Array;
  /** What `encode` made, or Erlang's `binary_to_term/1`; all of the bytes. */
  decode(bytes: Uint8Array): unknown;
  /** The same for a whole message, where a bare string is an atom. */
  encodeMessage(message: unknown): Uint8Array;
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
  const { maximumInflatedBytes = 16 * 1_024 * 1_024 } = options;
  const limits: Limits = { maximumDepth, maximumInflatedBytes };
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
    decodeMessage: (bytes) => decode(bytes, readMessage),
    decodeAt: (bytes, offset) => decodeAt(bytes, offset, readTerm),
  };
}

type Read = (reader: Reader) => unknown;
type Write = (writer: Writer, value: unknown) => void;

function readVersioned(reader: Reader, read: Read): unknown {
  const version = reader.byte();
  if (version !== VERSION) {
    reader.at -= 1;
    throw reader.error(
      "bad_version",
      `a term begins with ${VERSION}, not with ${version}`,
    );
  }
  if (reader.bytes[reader.at] !== Tag.COMPRESSED) return read(reader);
  reader.byte();
  const inside = inflate(reader);
  const term = read(inside);
  refuseMore(inside);
  return term;
}

function refuseMore(reader: Reader): void {
  if (reader.left === 0) return;
  throw reader.error(
    "trailing_bytes",
    `${reader.left} bytes follow the end of the term`,
  );
}

/** Writes one value after the other with the same writer. */
class Pen {
  readonly #limits: Limits;
  readonly #identities: Identities;
  /** Taken while in use: `describe` may encode something, too. */
  #spare: Writer | undefined;

  constructor(limits: Limits, identities: Identities) {
    this.#limits = limits;
    this.#identities = identities;
  }

  write(value: unknown, write: Write): Uint8Array {
    const writer =
      this.#spare ?? new Writer(this.#limits.maximumDepth, this.#identities);
    this.#spare = undefined;
    writer.begin();
    writer.byte(VERSION);
    write(writer, value);
    const term = writer.cut();
    // The room that one large value needed is not kept for the small ones.
    if (writer.bytes.length <= 65_536) this.#spare = writer;
    return term;
  }
}
