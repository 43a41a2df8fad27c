import { Buffer } from "../bytes.ts";
import { isIntegerInErlang } from "./float.ts";
import { Tag } from "./tags.ts";
import type { Writer } from "./writer.ts";

/** Whole numbers up to ±2^53 are integers; every other number is a float. */
export function writeNumber(writer: Writer, value: number): void {
  if (!isIntegerInErlang(value)) {
    writeFloat(writer, value);
  } else if (value >= 0 && value <= 255) {
    writer.tagged(Tag.SMALL_INTEGER, value);
  } else if ((value | 0) === value) {
    writer.byte(Tag.INTEGER);
    writer.word(value);
  } else {
    writeSafe(writer, value);
  }
}

/** A number of 32 to 53 bits, little-endian in as few bytes as it needs. */
function writeSafe(writer: Writer, value: number): void {
  writer.reserve(10);
  const { bytes, at } = writer;
  let end = at + 3;
  for (let left = Math.abs(value); left > 0; left = Math.floor(left / 256)) {
    bytes[end++] = left % 256;
  }
  bytes[at] = Tag.SMALL_BIG;
  bytes[at + 1] = end - at - 3;
  bytes[at + 2] = value < 0 ? 1 : 0;
  writer.at = end;
}

const double = new DataView(new ArrayBuffer(8));
const doubleBytes = new Uint8Array(double.buffer);

export function writeFloat(writer: Writer, value: number): void {
  if (!Number.isFinite(value)) {
    throw writer.error(
      "unencodable",
      `${value} cannot be sent: Erlang's floats are all finite; send an ` +
        `atom such as atom("infinity") instead`,
    );
  }
  double.setFloat64(0, value);
  writer.byte(Tag.NEW_FLOAT);
  writer.raw(doubleBytes);
}

/**
 * A bigint of any size. One that would fit a number takes the large form,
 * which is the same to Erlang, so that another TypeScript node gets a bigint.
 */
export function writeBigint(writer: Writer, value: bigint): void {
  const magnitude = value < 0n ? -value : value;
  const hex = magnitude.toString(16);
  const bytes = Buffer.from(hex.length % 2 ? `0${hex}` : hex, "hex").reverse();
  if (magnitude <= Number.MAX_SAFE_INTEGER || bytes.length > 255) {
    writer.length(Tag.LARGE_BIG, bytes.length);
  } else {
    writer.tagged(Tag.SMALL_BIG, bytes.length);
  }
  writer.byte(value < 0n ? 1 : 0);
  writer.raw(bytes);
}
