import { ForeignPid } from "./foreign-pid.ts";
import { ForeignPort } from "./foreign-port.ts";
import { ForeignRef } from "./foreign-ref.ts";
import type { Foreign } from "./identities.ts";
import { Tag } from "./tags.ts";
import { writeName } from "./write-atom.ts";
import type { Writer } from "./writer.ts";

export function isForeign(value: object): value is Foreign {
  return (
    value instanceof ForeignPid ||
    value instanceof ForeignRef ||
    value instanceof ForeignPort
  );
}

/** A pid, reference or port, in the forms that OTP 25 uses. */
export function writeForeign(writer: Writer, foreign: Foreign): void {
  if (foreign instanceof ForeignPid) {
    writer.byte(Tag.NEW_PID);
    writeName(writer, foreign.node);
    writer.word(foreign.id);
    writer.word(foreign.serial);
    writer.word(foreign.creation);
  } else if (foreign instanceof ForeignRef) {
    writer.byte(Tag.NEWER_REFERENCE);
    writer.short(foreign.ids.length);
    writeName(writer, foreign.node);
    writer.word(foreign.creation);
    for (const id of foreign.ids) writer.word(id);
  } else {
    writePort(writer, foreign);
  }
}

/** OTP 25 takes the shorter form for what fits 28 bits, as ever. */
function writePort(writer: Writer, { node, id, creation }: ForeignPort): void {
  const isShort = id < 1n << 28n;
  writer.byte(isShort ? Tag.NEW_PORT : Tag.V4_PORT);
  writeName(writer, node);
  if (!isShort) writer.word(Number(id >> 32n));
  writer.word(Number(id & 0xffff_ffffn));
  writer.word(creation);
}
