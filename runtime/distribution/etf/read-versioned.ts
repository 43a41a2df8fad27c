import { inflate } from "./inflate.ts";
import type { Reader } from "./reader.ts";
import { isStackOverflow } from "./stack.ts";
import { Tag, VERSION } from "./tags.ts";

/** How a term is read whose place is known: as a message, or in another. */
export type Read = (reader: Reader) => unknown;

/** A term with its version byte in front, compressed or not. */
export function readVersioned(reader: Reader, read: Read): unknown {
  const version = reader.byte();
  if (version !== VERSION) {
    reader.at -= 1;
    throw reader.error(
      "bad_version",
      `a term begins with ${VERSION}, not with ${version}`,
    );
  }
  if (reader.bytes[reader.at] !== Tag.COMPRESSED)
    return readWhole(reader, read);
  reader.byte();
  const inside = inflate(reader);
  const term = readWhole(inside, read);
  refuseMore(inside);
  return term;
}

/** Fails unless everything was read. */
export function refuseMore(reader: Reader): void {
  if (reader.left === 0) return;
  throw reader.error(
    "trailing_bytes",
    `${reader.left} bytes follow the end of the term`,
  );
}

function readWhole(reader: Reader, read: Read): unknown {
  try {
    return read(reader);
  } catch (cause) {
    if (!isStackOverflow(cause)) throw cause;
    throw reader.error(
      "too_deep",
      "JavaScript's stack has no room for a term nested this deep",
    );
  }
}
