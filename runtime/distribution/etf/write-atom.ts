import { Buffer } from "../bytes.ts";
import { checkAtom } from "./atom.ts";
import { Tag } from "./tags.ts";
import type { Writer } from "./writer.ts";

/**
 * An atom that is not one of JavaScript's values: `atom("true")` or the whole
 * message "true" takes the long form, which is the same to Erlang, so that
 * another TypeScript node does not take it for `true`.
 */
export function writeAtom(writer: Writer, text: string): void {
  switch (text) {
    case "true":
    case "false":
    case "undefined":
    case "null":
      writer.byte(Tag.ATOM_UTF8);
      writer.short(text.length);
      writer.raw(Buffer.from(text));
      return;
    default:
      writeName(writer, text);
  }
}

/** An atom by its name alone. */
export function writeName(writer: Writer, text: string): void {
  const size = text.length;
  if (size > 255) return writeLongName(writer, text);
  writer.reserve(2 + size);
  const { bytes } = writer;
  let at = writer.at;
  bytes[at++] = Tag.SMALL_ATOM_UTF8;
  bytes[at++] = size;
  for (let i = 0; i < size; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) return writeLongName(writer, text);
    bytes[at++] = code;
  }
  writer.at = at;
}

function writeLongName(writer: Writer, text: string): void {
  const name = Buffer.from(checkAtom(text, writer.at));
  if (name.length <= 255) {
    writer.tagged(Tag.SMALL_ATOM_UTF8, name.length);
  } else {
    writer.byte(Tag.ATOM_UTF8);
    writer.short(name.length);
  }
  writer.raw(name);
}
