import { isAtomTag, readAtomText } from "./read-atom.ts";
import { readTerm } from "./read-term.ts";
import type { Reader } from "./reader.ts";
import { Tag } from "./tags.ts";
import { Tuple } from "./tuple.ts";

/**
 * A tuple whose tag was read: a plain array with a string in front if an atom
 * is in front, a {@link Tuple} otherwise.
 */
export function readTuple(reader: Reader, tag: number): unknown[] {
  const size = tag === Tag.SMALL_TUPLE ? reader.byte() : reader.length(1);
  if (size === 0) return new Tuple();
  reader.enter();
  const first = reader.byte();
  const elements = isAtomTag(first)
    ? ([readAtomText(reader, first)] as unknown[])
    : readPlain(reader, tag === Tag.SMALL_TUPLE ? size : 1);
  for (let i = 1; i < size; i++) elements[i] = readTerm(reader);
  reader.depth -= 1;
  return elements;
}

/** A tuple with room for some elements, the first of them read. */
function readPlain(reader: Reader, room: number): unknown[] {
  reader.at -= 1;
  const elements = new Tuple(room);
  elements[0] = readTerm(reader);
  return elements;
}
