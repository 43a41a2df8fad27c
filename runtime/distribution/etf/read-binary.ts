import { constants, isUtf8 } from "../bytes.ts";
import { BitString } from "./bit-string.ts";
import type { Reader } from "./reader.ts";

/** A binary whose tag was read: a string if it is UTF-8, else its bytes. */
export function readBinary(reader: Reader): string | Uint8Array {
  const size = reader.word();
  const from = reader.take(size);
  const { bytes } = reader;
  const to = from + size;
  if (size <= 24) {
    let text = "";
    let at = from;
    while (at < to) {
      const byte = bytes[at] as number;
      if (byte > 127) break;
      text += String.fromCharCode(byte);
      at++;
    }
    if (at === to) return text;
  }
  if (size <= constants.MAX_STRING_LENGTH && isUtf8(bytes.subarray(from, to))) {
    return reader.buffer.toString("utf8", from, to);
  }
  return copy(bytes, from, to);
}

/** A binary whose tag was read, as bytes whatever they are. */
export function readBytes(reader: Reader): Uint8Array {
  const size = reader.word();
  const from = reader.take(size);
  return copy(reader.bytes, from, from + size);
}

/**
 * A bit string whose tag was read. With 8 bits in its last byte it is what
 * {@link writeBytes} makes of bytes that could be taken for a string.
 */
export function readBitString(reader: Reader): BitString | Uint8Array {
  const size = reader.word();
  const lastBits = reader.byte();
  const from = reader.take(size);
  if (lastBits > 8 || (lastBits === 0) !== (size === 0)) {
    throw reader.error(
      "bad_length",
      `${lastBits} bits cannot be in the last of ${size} bytes`,
    );
  }
  const bytes = copy(reader.bytes, from, from + size);
  if (lastBits === 0 || lastBits === 8) return bytes;
  // What is beyond the last bit is nothing; equal terms must look equal.
  bytes[size - 1] = (bytes[size - 1] as number) & (0xff00 >> lastBits);
  return new BitString(bytes, lastBits);
}

/** A copy, because a frame's buffer is used again, and is larger. */
function copy(bytes: Uint8Array, from: number, to: number): Uint8Array {
  const copied = new Uint8Array(to - from);
  copied.set(bytes.subarray(from, to));
  return copied;
}
