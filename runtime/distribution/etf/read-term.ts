import { Atom } from "./atom.ts";
import { readAtom } from "./read-atom.ts";
import { readBinary, readBitString, readBytes } from "./read-binary.ts";
import { readExport, readFun } from "./read-fun.ts";
import { readOldRef, readPid, readPort, readRef } from "./read-identity.ts";
import { readCharacters, readList } from "./read-list.ts";
import { readMap } from "./read-map.ts";
import { readBig, readFloat, readOldFloat } from "./read-number.ts";
import { readTuple } from "./read-tuple.ts";
import type { Reader } from "./reader.ts";
import { Tag } from "./tags.ts";

/** Any term, its tag included. */
export function readTerm(reader: Reader): unknown {
  reader.count();
  const tag = reader.byte();
  switch (tag) {
    case Tag.SMALL_INTEGER:
      return reader.byte();
    case Tag.INTEGER:
      return reader.signedWord();
    case Tag.SMALL_ATOM_UTF8:
    case Tag.ATOM_UTF8:
    case Tag.ATOM:
    case Tag.SMALL_ATOM:
      return readAtom(reader, tag);
    case Tag.SMALL_TUPLE:
    case Tag.LARGE_TUPLE:
      return readTuple(reader, tag);
    case Tag.NIL:
      return [];
    case Tag.STRING:
      return readCharacters(reader, []);
    case Tag.LIST:
      return readList(reader);
    case Tag.BINARY:
      return readBinary(reader);
    case Tag.BIT_BINARY:
      return readBitString(reader);
    case Tag.MAP:
      return readMap(reader);
    case Tag.NEW_FLOAT:
      return readFloat(reader);
    case Tag.FLOAT:
      return readOldFloat(reader);
    case Tag.SMALL_BIG:
    case Tag.LARGE_BIG:
      return readBig(reader, tag);
    case Tag.NEW_PID:
    case Tag.PID:
      return readPid(reader, tag);
    case Tag.NEWER_REFERENCE:
    case Tag.NEW_REFERENCE:
      return readRef(reader, tag);
    case Tag.REFERENCE:
      return readOldRef(reader);
    case Tag.NEW_PORT:
    case Tag.V4_PORT:
    case Tag.PORT:
      return readPort(reader, tag);
    case Tag.NEW_FUN:
      return readFun(reader);
    case Tag.EXPORT:
      return readExport(reader);
    default:
      throw unknownTag(reader, tag);
  }
}

/**
 * A term that is a whole message: an atom is a plain string there, so a binary
 * is its bytes.
 */
export function readMessage(reader: Reader): unknown {
  if (reader.bytes[reader.at] === Tag.BINARY) {
    reader.byte();
    return readBytes(reader);
  }
  const message = readTerm(reader);
  return message instanceof Atom ? message.text : message;
}

function unknownTag(reader: Reader, tag: number): Error {
  reader.at -= 1;
  if (tag === Tag.ATOM_CACHE_REF) {
    return reader.error(
      "atom_cache",
      "the sender refers to an atom cache, which is refused: connect without " +
        "the flag DFLAG_DIST_HDR_ATOM_CACHE",
    );
  }
  if (tag === Tag.COMPRESSED) {
    return reader.error("bad_tag", "only a whole term can be compressed");
  }
  return reader.error("bad_tag", `no term of OTP 25 begins with tag ${tag}`);
}
