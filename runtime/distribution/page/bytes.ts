// What a page has in the place of ../bytes.ts: as much of Node's Buffer as the
// codec and the handshake use, with the same answers.

type Encoding = "utf8" | "latin1" | "hex";

const encoder = new TextEncoder();
// A mark of byte order is a character of the text like any other.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const strict = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });

/** So many arguments any browser can pass to a function. */
const CHUNK = 8_192;

export const constants = {
  /** V8's; other browsers have at least as many characters in a string. */
  MAX_STRING_LENGTH: 2 ** 29 - 24,
};

export function isUtf8(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

class PageBuffer extends Uint8Array {
  override toString(
    encoding: Encoding = "utf8",
    from = 0,
    to = this.length,
  ): string {
    const part = this.subarray(from, to);
    if (encoding === "utf8") return decoder.decode(part);
    if (encoding === "hex") {
      return Array.from(part, (byte) =>
        byte.toString(16).padStart(2, "0"),
      ).join("");
    }
    // A TextDecoder takes "latin1" for windows-1252, which is another one.
    let text = "";
    for (let at = 0; at < part.length; at += CHUNK) {
      text += String.fromCharCode(...part.subarray(at, at + CHUNK));
    }
    return text;
  }

  readUInt16BE(at = 0): number {
    return this.#view.getUint16(at);
  }
  readUInt32BE(at = 0): number {
    return this.#view.getUint32(at);
  }
  readBigUInt64BE(at = 0): bigint {
    return this.#view.getBigUint64(at);
  }
  readDoubleBE(at = 0): number {
    return this.#view.getFloat64(at);
  }
  writeUInt16BE(value: number, at = 0): void {
    this.#view.setUint16(at, value);
  }
  writeUInt32BE(value: number, at = 0): void {
    this.#view.setUint32(at, value);
  }
  writeBigUInt64BE(value: bigint, at = 0): void {
    this.#view.setBigUint64(at, value);
  }

  get #view(): DataView {
    return new DataView(this.buffer, this.byteOffset, this.byteLength);
  }
}

/** A view of an ArrayBuffer, a copy of bytes, or the bytes of a text. */
function from(
  source: ArrayBuffer | ArrayLike<number> | string,
  second?: Encoding | number,
  length?: number,
): PageBuffer {
  if (source instanceof ArrayBuffer) {
    return new PageBuffer(source, second as number, length);
  }
  if (typeof source !== "string") return copied(source);
  if (second === "latin1") {
    const codes = { length: source.length };
    return copied(Uint8Array.from(codes, (_, at) => source.charCodeAt(at)));
  }
  if (second === "hex") {
    const pairs = source.match(/../g) ?? [];
    return copied(pairs.map((pair) => Number.parseInt(pair, 16)));
  }
  return copied(encoder.encode(source));
}

function copied(bytes: ArrayLike<number>): PageBuffer {
  const made = new PageBuffer(bytes.length);
  made.set(bytes);
  return made;
}

function concat(parts: readonly Uint8Array[]): PageBuffer {
  const size = parts.reduce((sum, { length }) => sum + length, 0);
  const joined = new PageBuffer(size);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** How many bytes a text takes as UTF-8. */
function byteLength(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** The functions of Node's Buffer by their names. */
export const Buffer = {
  alloc: (size: number) => new PageBuffer(size),
  of: (...bytes: number[]) => copied(bytes),
  from,
  concat,
  byteLength,
};
