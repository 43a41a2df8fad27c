import { foreignPid } from "./foreign-pid.ts";
import { foreignPort } from "./foreign-port.ts";
import { foreignRef } from "./foreign-ref.ts";
import type { Foreign } from "./identities.ts";
import { readName } from "./read-atom.ts";
import type { Reader } from "./reader.ts";
import { Tag } from "./tags.ts";

/** A pid whose tag was read; the old form has a creation of one byte. */
export function readPid(reader: Reader, tag: number): unknown {
  const node = readName(reader);
  const id = reader.word();
  const serial = reader.word();
  const creation = tag === Tag.NEW_PID ? reader.word() : reader.byte();
  return resolved(reader, foreignPid(node, id, serial, creation));
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
  const creation = tag === Tag.NEWER_REFERENCE ? reader.word() : reader.byte();
  const ids: number[] = [];
  for (let i = 0; i < count; i++) ids.push(reader.word());
  return resolved(reader, foreignRef(node, creation, ids));
}

/** A reference of one number and an old creation, whose tag was read. */
export function readOldRef(reader: Reader): unknown {
  const node = readName(reader);
  const ids = [reader.word()];
  return resolved(reader, foreignRef(node, reader.byte(), ids));
}

/** A port whose tag was read. */
export function readPort(reader: Reader, tag: number): unknown {
  const node = readName(reader);
  const high = tag === Tag.V4_PORT ? BigInt(reader.word()) : 0n;
  const id = (high << 32n) | BigInt(reader.word());
  const creation = tag === Tag.PORT ? reader.byte() : reader.word();
  return resolved(reader, foreignPort(node, id, creation));
}

function resolved(reader: Reader, foreign: Foreign): unknown {
  const { identities } = reader;
  return identities.resolve === undefined
    ? foreign
    : identities.resolve(foreign);
}
