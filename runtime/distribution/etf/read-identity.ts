import { ForeignPid } from "./foreign-pid.ts";
import { ForeignPort } from "./foreign-port.ts";
import { ForeignRef } from "./foreign-ref.ts";
import { type Foreign, theOne } from "./identities.ts";
import { readName } from "./read-atom.ts";
import type { Reader } from "./reader.ts";
import { Tag } from "./tags.ts";

/** A pid whose tag was read; the old form has a creation of one byte. */
export function readPid(reader: Reader, tag: number): unknown {
  const node = readName(reader);
  const id = reader.word();
  const serial = reader.word();
  const creation = tag === Tag.NEW_PID ? reader.word() : oldCreation(reader);
  return resolved(reader, new ForeignPid(node, id, serial, creation));
}

/** A reference whose tag was read. */
export function readRef(reader: Reader, tag: number): unknown {
  const count = reader.short();
  if (count === 0 || count > 5) {
    throw reader.error(
      "bad_length",
      `a reference has one to five numbers, not ${count}`,
    );
  }
  const node = readName(reader);
  const isNew = tag === Tag.NEWER_REFERENCE;
  const creation = isNew ? reader.word() : oldCreation(reader);
  const ids = [isNew ? reader.word() : oldRefWord(reader)];
  for (let i = 1; i < count; i++) ids.push(reader.word());
  return resolved(reader, new ForeignRef(node, creation, ids));
}

/** A reference of one number and an old creation, whose tag was read. */
export function readOldRef(reader: Reader): unknown {
  const node = readName(reader);
  const ids = [oldRefWord(reader)];
  return resolved(reader, new ForeignRef(node, oldCreation(reader), ids));
}

/** A port whose tag was read. */
export function readPort(reader: Reader, tag: number): unknown {
  const node = readName(reader);
  const high = tag === Tag.V4_PORT ? BigInt(reader.word()) : 0n;
  const id = (high << 32n) | BigInt(reader.word());
  const creation = tag === Tag.PORT ? oldCreation(reader) : reader.word();
  return resolved(reader, new ForeignPort(node, id, creation));
}

/** Before release 19 a creation had two bits of its byte. */
function oldCreation(reader: Reader): number {
  const creation = reader.byte();
  if (creation <= 3) return creation;
  throw reader.error("bad_length", "an old creation is at most 3");
}

/** Before release 19 the first number of a reference had 18 bits. */
function oldRefWord(reader: Reader): number {
  const word = reader.word();
  if (word < 2 ** 18) return word;
  throw reader.error("bad_length", "an old reference has at most 18 bits");
}

function resolved({ identities }: Reader, foreign: Foreign): unknown {
  return identities.resolve ? identities.resolve(foreign) : theOne(foreign);
}
