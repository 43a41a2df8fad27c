import { type ImproperList, List } from "./list.ts";
import { Tag } from "./tags.ts";
import { Tuple } from "./tuple.ts";
import { writeName } from "./write-atom.ts";
import { writeTerm } from "./write-term.ts";
import type { Writer } from "./writer.ts";

/** An array: a tuple if it says so or starts with a string, a list if not. */
export function writeArray(writer: Writer, array: readonly unknown[]): void {
  const first = array[0];
  if (array instanceof Tuple) {
    writeArity(writer, array.length);
    writeItems(writer, array, 0);
  } else if (typeof first === "string" && !(array instanceof List)) {
    writeArity(writer, array.length);
    writeName(writer, first);
    writeItems(writer, array, 1);
  } else if (array.length === 0) {
    writer.byte(Tag.NIL);
  } else if (isCharacters(array)) {
    writer.byte(Tag.STRING);
    writer.short(array.length);
    writer.raw(Uint8Array.from(array));
  } else {
    writer.length(Tag.LIST, array.length);
    writeItems(writer, array, 0);
    writer.byte(Tag.NIL);
  }
}

export function writeImproperList(writer: Writer, it: ImproperList): void {
  // A list of no items and a tail is the tail.
  if (it.items.length > 0) writer.length(Tag.LIST, it.items.length);
  writeItems(writer, it.items, 0);
  writeTail(writer, it.tail);
}

function writeTail(writer: Writer, tail: unknown): void {
  writer.enter();
  writeTerm(writer, tail);
  writer.depth -= 1;
}

function writeArity(writer: Writer, arity: number): void {
  if (arity <= 255) writer.tagged(Tag.SMALL_TUPLE, arity);
  else writer.length(Tag.LARGE_TUPLE, arity);
}

function writeItems(
  writer: Writer,
  items: readonly unknown[],
  from: number,
): void {
  writer.enter();
  for (let i = from; i < items.length; i++) writeTerm(writer, items[i]);
  writer.depth -= 1;
}

/** Whether OTP would send the list as one of bytes. */
function isCharacters(array: readonly unknown[]): array is readonly number[] {
  if (array.length > 65_535) return false;
  for (const item of array) {
    if (typeof item !== "number" || !(item >= 0 && item <= 255)) return false;
    if (!Number.isInteger(item) || Object.is(item, -0)) return false;
  }
  return true;
}
