import { Tag } from "./tags.ts";
import { writeTextAsBytes } from "./write-binary.ts";
import { writeTerm } from "./write-term.ts";
import type { Writer } from "./writer.ts";

/** A plain object: a map whose keys are binaries. */
export function writeObject(
  writer: Writer,
  fields: Readonly<Record<string, unknown>>,
): void {
  const keys = Object.keys(fields);
  writer.length(Tag.MAP, keys.length);
  writer.enter();
  for (const key of keys) {
    writeTerm(writer, key);
    writeTerm(writer, fields[key]);
  }
  writer.depth -= 1;
}

/**
 * A `Map`: a map with keys of any kind. If all are strings, they go as bytes
 * do, the same to Erlang, so that another TypeScript node gets a `Map`.
 */
export function writeMap(
  writer: Writer,
  map: ReadonlyMap<unknown, unknown>,
): void {
  const looksPlain = hasOnlyStrings(map.keys());
  writer.length(Tag.MAP, map.size);
  writer.enter();
  for (const [key, value] of map) {
    if (looksPlain) writeTextAsBytes(writer, key as string);
    else writeTerm(writer, key);
    writeTerm(writer, value);
  }
  writer.depth -= 1;
}

function hasOnlyStrings(keys: Iterable<unknown>): boolean {
  for (const key of keys) if (typeof key !== "string") return false;
  return true;
}
