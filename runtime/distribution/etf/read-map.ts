import { Buffer, isUtf8 } from "../bytes.ts";
import { Atom } from "./atom.ts";
import { Float } from "./float.ts";
import { readBitString } from "./read-binary.ts";
import { readTerm } from "./read-term.ts";
import type { Reader } from "./reader.ts";
import { Tag } from "./tags.ts";

/**
 * A map whose tag was read: a plain object if every key is a string, a `Map`
 * otherwise. A key that is a bit string of whole bytes is a string of a `Map`:
 * {@link writeMap} says by it that the sender's was one.
 *
 * Not guarded against: V8 hashes whole numbers without a seed, so a peer that
 * has the cookie can choose 100,000 keys that make this slow.
 */
export function readMap(reader: Reader): unknown {
  const size = reader.length(2);
  reader.enter();
  const fields: Record<string, unknown> = {};
  let map: Map<unknown, unknown> | undefined;
  const spans: Span[] = [];
  for (let i = 0; i < size; i++) {
    const from = reader.at;
    const isOfMap = reader.bytes[from] === Tag.BIT_BINARY;
    const key = isOfMap ? readBitKey(reader) : readKey(reader);
    if (isComparedByBytes(key)) spans.push({ from, to: reader.at });
    if (isOfMap || typeof key !== "string") {
      map ??= new Map(Object.entries(fields));
    }
    if (map?.has(key) ?? Object.hasOwn(fields, key as string)) {
      throw duplicate(reader, from);
    }
    const value = readTerm(reader);
    if (map !== undefined) map.set(key, value);
    else setField(fields, key as string, value);
  }
  if (spans.length > 1) refuseDuplicates(reader, spans);
  reader.depth -= 1;
  return map ?? fields;
}

/** Where in the bytes a key is. */
interface Span {
  readonly from: number;
  readonly to: number;
}

function readKey(reader: Reader): unknown {
  const key = readTerm(reader);
  // A Map does not tell -0 from 0; Erlang tells -0.0 from 0.
  return Object.is(key, -0) ? new Float(-0) : key;
}

function readBitKey(reader: Reader): unknown {
  reader.byte();
  const key = readBitString(reader);
  if (!(key instanceof Uint8Array && isUtf8(key))) return key;
  return Buffer.from(key).toString("utf8");
}

/** An assignment would make `__proto__` the object's prototype. */
function setField(
  fields: Record<string, unknown>,
  key: string,
  value: unknown,
): void {
  if (key !== "__proto__") {
    fields[key] = value;
    return;
  }
  Object.defineProperty(fields, key, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}

/** A Map compares these keys by identity, and each was made just now. */
function isComparedByBytes(key: unknown): boolean {
  return typeof key === "object" && key !== null && !(key instanceof Atom);
}

/**
 * Only keys of equal length are compared, so that what is compared halves
 * with each level of maps in keys and the whole takes n log n at worst.
 */
function refuseDuplicates(reader: Reader, spans: readonly Span[]): void {
  const byLength = new Map<number, Span[]>();
  for (const span of spans) {
    const length = span.to - span.from;
    const group = byLength.get(length);
    if (group === undefined) byLength.set(length, [span]);
    else group.push(span);
  }
  for (const group of byLength.values()) {
    if (group.length === 1) continue;
    const seen = new Set<string>();
    for (const { from, to } of group) {
      const key = reader.buffer.toString("latin1", from, to);
      if (seen.has(key)) throw duplicate(reader, from);
      seen.add(key);
    }
  }
}

function duplicate(reader: Reader, from: number): Error {
  reader.at = from;
  return reader.error("duplicate_key", "the map has this key twice");
}
