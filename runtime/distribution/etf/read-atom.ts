import { isUtf8 } from "../bytes.ts";
import { atom, checkAtom } from "./atom.ts";
import type { Reader } from "./reader.ts";
import { Tag } from "./tags.ts";

/** Whether a tag is one of the five that atoms have. */
export function isAtomTag(tag: number): boolean {
  return (
    tag === Tag.SMALL_ATOM_UTF8 ||
    tag === Tag.ATOM_UTF8 ||
    tag === Tag.ATOM ||
    tag === Tag.SMALL_ATOM
  );
}

/**
 * The value of an atom whose tag was read. The long form of a name that JavaScript
 * has a value for is no such value: {@link writeAtom} writes `atom("true")` so.
 */
export function readAtom(reader: Reader, tag: number): unknown {
  const text = readAtomText(reader, tag);
  if (tag !== Tag.ATOM_UTF8) {
    if (text === "true") return true;
    if (text === "false") return false;
    if (text === "undefined") return undefined;
    if (text === "null") return null;
  }
  return atom(text);
}

/** The name of an atom, its tag included, where nothing but one may stand. */
export function readName(reader: Reader): string {
  const tag = reader.byte();
  if (isAtomTag(tag)) return readAtomText(reader, tag);
  reader.at -= 1;
  throw reader.error("bad_tag", `an atom should stand here, not tag ${tag}`);
}

/** The name of an atom whose tag was read. */
export function readAtomText(reader: Reader, tag: number): string {
  const isLong = tag === Tag.ATOM_UTF8 || tag === Tag.ATOM;
  const size = isLong ? reader.short() : reader.byte();
  const from = reader.take(size);
  const { bytes } = reader;
  let hash = size;
  let isAscii = true;
  for (let i = from; i < from + size; i++) {
    const byte = bytes[i] as number;
    if (byte > 127) isAscii = false;
    hash = (hash * 31 + byte) | 0;
  }
  if (!isAscii || size > 63) return decodeName(reader, tag, from, size);
  const slot = (hash ^ (hash >>> 11)) & 2_047;
  const last = recent[slot];
  if (last !== undefined && stands(last.bytes, bytes, from, size)) {
    return last.text;
  }
  const text = reader.buffer.toString("latin1", from, from + size);
  // A copy: the slice of a Buffer would keep its whole frame.
  const own = Uint8Array.prototype.slice.call(bytes, from, from + size);
  recent[slot] = { text, bytes: own };
  return text;
}

/** A name, and its bytes: they are compared in half the time of a text. */
interface Name {
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** Lately read names by a hash, to be had without making a string. */
const recent: (Name | undefined)[] = new Array(2_048).fill(undefined);

function stands(
  name: Uint8Array,
  bytes: Uint8Array,
  from: number,
  size: number,
): boolean {
  if (name.length !== size) return false;
  for (let i = 0; i < size; i++) {
    if (name[i] !== bytes[from + i]) return false;
  }
  return true;
}

function decodeName(
  reader: Reader,
  tag: number,
  from: number,
  size: number,
): string {
  const { buffer } = reader;
  if (tag === Tag.ATOM || tag === Tag.SMALL_ATOM) {
    return checkAtom(buffer.toString("latin1", from, from + size), from);
  }
  if (!isUtf8(buffer.subarray(from, from + size))) {
    throw reader.error("bad_atom", "the name of an atom is not UTF-8");
  }
  return checkAtom(buffer.toString("utf8", from, from + size), from);
}
