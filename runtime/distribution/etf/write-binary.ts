import { Buffer, isUtf8 } from "../bytes.ts";
import type { BitString } from "./bit-string.ts";
import { Tag } from "./tags.ts";
import type { Writer } from "./writer.ts";

const encoder = new TextEncoder();

/** A string, as a binary of UTF-8. */
export function writeText(writer: Writer, text: string): void {
  if (text.length > 48 || !writeAscii(writer, text)) writeUtf8(writer, text);
}

/** Whether the text was ASCII and is written; quicker where it is short. */
function writeAscii(writer: Writer, text: string): boolean {
  const { length } = text;
  // Before `start` is noted, because new room begins elsewhere.
  writer.reserve(5 + length);
  const start = writer.at;
  writer.length(Tag.BINARY, length);
  const { bytes, at } = writer;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) {
      writer.at = start;
      return false;
    }
    bytes[at + i] = code;
  }
  writer.at = at + length;
  return true;
}

function writeUtf8(writer: Writer, text: string): void {
  refuseHalves(writer, text);
  const size = Buffer.byteLength(text);
  writer.length(Tag.BINARY, size);
  writer.reserve(size);
  encoder.encodeInto(text, writer.bytes.subarray(writer.at));
  writer.at += size;
}

function refuseHalves(writer: Writer, text: string): void {
  if (!/\p{Surrogate}/u.test(text)) return;
  throw writer.error(
    "unencodable",
    "a string with half a surrogate pair has no UTF-8; send whole " +
      "characters, or a Uint8Array",
  );
}

/** A string written as bytes are, which is how a `Map` has its keys. */
export function writeTextAsBytes(writer: Writer, text: string): void {
  refuseHalves(writer, text);
  writeBytes(writer, Buffer.from(text));
}

/**
 * Bytes, as a binary. If they could be taken for a string, they go as a bit
 * string whose last byte has 8 bits: the same to Erlang, and bytes to another
 * TypeScript node.
 */
export function writeBytes(writer: Writer, bytes: Uint8Array): void {
  if (isUtf8(bytes)) writeBits(writer, bytes, bytes.length === 0 ? 0 : 8);
  else {
    writer.length(Tag.BINARY, bytes.length);
    writer.raw(bytes);
  }
}

export function writeBitString(writer: Writer, bits: BitString): void {
  writeBits(writer, bits.bytes, bits.lastBits);
}

function writeBits(writer: Writer, bytes: Uint8Array, lastBits: number): void {
  writer.length(Tag.BIT_BINARY, bytes.length);
  writer.byte(lastBits);
  writer.raw(bytes);
}
