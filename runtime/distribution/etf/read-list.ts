import { ImproperList, List } from "./list.ts";
import { readTerm } from "./read-term.ts";
import type { Reader } from "./reader.ts";
import { Tag } from "./tags.ts";

/**
 * A list whose tag was read. Its tail may be a list again, and so on, which
 * is one list and not one level deeper.
 */
export function readList(reader: Reader): unknown {
  reader.enter();
  let items: unknown[] | undefined;
  let tag: number = Tag.LIST;
  while (tag === Tag.LIST) {
    const count = reader.length(1);
    for (let i = 0; i < count; i++) {
      const item = readTerm(reader);
      items ??= typeof item === "string" ? new List() : [];
      items.push(item);
    }
    tag = reader.byte();
  }
  let result: unknown = items ?? [];
  if (tag === Tag.STRING) {
    result = readCharacters(reader, items ?? []);
  } else if (tag !== Tag.NIL) {
    reader.at -= 1;
    const tail = readTerm(reader);
    // No item before the tail: Erlang takes the tail alone.
    result = items === undefined ? tail : improper(items, tail);
  }
  reader.depth -= 1;
  return result;
}

/** A list of bytes whose tag was read: what Erlang shows as "text". */
export function readCharacters(reader: Reader, items: unknown[]): unknown[] {
  const size = reader.short();
  const from = reader.take(size);
  const { bytes } = reader;
  for (let i = from; i < from + size; i++) items.push(bytes[i]);
  return items;
}

function improper(items: unknown[], tail: unknown): ImproperList {
  return new ImproperList(items instanceof List ? [...items] : items, tail);
}
