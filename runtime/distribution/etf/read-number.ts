import { Buffer } from "../bytes.ts";
import { Float, isIntegerInErlang } from "./float.ts";
import type { Reader } from "./reader.ts";
import { Tag } from "./tags.ts";

/** V8 has no longer bigint than 2^30 bits; much less is plenty. */
const maximumIntegerBytes = 16 * 1_024 * 1_024;

/** A float of eight bytes, whose tag was read. */
export function readFloat(reader: Reader): number | Float {
  const value = reader.buffer.readDoubleBE(reader.take(8));
  return asFloat(reader, value);
}

/** A float as OTP wrote it before release 17: `%.20e` in 31 bytes. */
export function readOldFloat(reader: Reader): number | Float {
  const from = reader.take(31);
  const [text] = reader.buffer.toString("latin1", from, from + 31).split("\0");
  if (!/^ *[+-]?\d+\.\d+(?:[eE][+-]?\d+)?$/.test(text ?? "")) {
    throw reader.error("bad_float", "the text of a float is not a number");
  }
  return asFloat(reader, Number(text));
}

function asFloat(reader: Reader, value: number): number | Float {
  if (Number.isFinite(value)) {
    return isIntegerInErlang(value) ? new Float(value) : value;
  }
  throw reader.error("bad_float", `Erlang has no float ${value}`);
}

/**
 * An integer of any size, whose tag was read. What fits a number is one,
 * except in the large form: that is how {@link writeBigint} writes `5n`, and
 * Erlang never writes a small integer so.
 */
export function readBig(reader: Reader, tag: number): number | bigint {
  const isLarge = tag === Tag.LARGE_BIG;
  const size = isLarge ? reader.word() : reader.byte();
  const isNegative = reader.byte() !== 0;
  if (size > maximumIntegerBytes) {
    throw reader.error(
      "too_large",
      `an integer of ${size} bytes is more than the ${maximumIntegerBytes} ` +
        `that are read`,
    );
  }
  const from = reader.take(size);
  if (!isLarge && size <= 6) return small(reader.bytes, from, size, isNegative);
  const magnitude = size > 8 ? huge(reader, from) : word64(reader, from, size);
  const value = isNegative ? -magnitude : magnitude;
  if (isLarge) return value;
  return isSafe(value) ? Number(value) : value;
}

function isSafe(value: bigint): boolean {
  return (
    value <= BigInt(Number.MAX_SAFE_INTEGER) &&
    value >= BigInt(Number.MIN_SAFE_INTEGER)
  );
}

/** Little-endian, below 2^48. */
function small(
  bytes: Uint8Array,
  from: number,
  size: number,
  isNegative: boolean,
): number {
  let value = 0;
  for (let i = size - 1; i >= 0; i--) {
    value = value * 256 + (bytes[from + i] as number);
  }
  return isNegative && value !== 0 ? -value : value;
}

/** Little-endian, at most eight bytes. */
function word64(reader: Reader, from: number, size: number): bigint {
  const low = small(reader.bytes, from, Math.min(size, 4), false);
  if (size <= 4) return BigInt(low);
  const high = small(reader.bytes, from + 4, size - 4, false);
  return (BigInt(high) << 32n) | BigInt(low);
}

/** Little-endian, up to where the reader is. Hexadecimal is read in O(n). */
function huge(reader: Reader, from: number): bigint {
  const bytes = Buffer.from(reader.bytes.subarray(from, reader.at));
  return BigInt(`0x${bytes.reverse().toString("hex")}`);
}
