import { type ForeignFun, foreignFun } from "./foreign-fun.ts";
import { readName } from "./read-atom.ts";
import { readTerm } from "./read-term.ts";
import { Reader } from "./reader.ts";
import { Tag } from "./tags.ts";

/**
 * A fun whose tag was read. What it closes over is read to see that it is
 * sound, and dropped: the fun is kept as its bytes.
 */
export function readFun(reader: Reader): object {
  const from = reader.at - 1;
  const size = reader.word();
  const to = reader.at - 4 + size;
  const inside = opened(reader);
  const arity = inside.byte();
  inside.take(16);
  const index = inside.word();
  const closedOver = inside.length(1);
  const module = readName(inside);
  readWhole(inside);
  readWhole(inside);
  readMaker(inside);
  for (let i = 0; i < closedOver; i++) readTerm(inside);
  if (inside.at !== to) {
    throw inside.error(
      "bad_length",
      `a fun says that it has ${size} bytes and has ${inside.at - from - 1}`,
    );
  }
  const text = `#Fun<${module}.${index}>`;
  return closed(reader, inside, from, (bytes) =>
    foreignFun(module, arity, text, bytes),
  );
}

/** `fun lists:map/2`, whose tag was read. */
export function readExport(reader: Reader): object {
  const from = reader.at - 1;
  const inside = opened(reader);
  const module = readName(inside);
  const name = readName(inside);
  if (inside.bytes[inside.at] !== Tag.SMALL_INTEGER) throw misplaced(inside);
  inside.byte();
  const arity = inside.byte();
  const text = `fun ${module}:${name}/${arity}`;
  return closed(reader, inside, from, (bytes) =>
    foreignFun(module, arity, text, bytes),
  );
}

/** Inside, pids are nobody's business and other funs need not be kept. */
function opened(reader: Reader): Reader {
  const { bytes, at, limits } = reader;
  const inside = new Reader(bytes, at, limits, {});
  inside.isInsideFun = true;
  inside.depth = reader.depth;
  inside.values = reader.values;
  inside.enter();
  return inside;
}

function closed(
  reader: Reader,
  inside: Reader,
  from: number,
  make: (bytes: Uint8Array) => ForeignFun,
): object {
  reader.at = inside.at;
  reader.values = inside.values;
  if (reader.isInsideFun) return {};
  return make(Uint8Array.from(reader.bytes.subarray(from, inside.at)));
}

function readWhole(inside: Reader): void {
  const tag = inside.bytes[inside.at];
  if (tag !== Tag.SMALL_INTEGER && tag !== Tag.INTEGER) throw misplaced(inside);
  readTerm(inside);
}

function readMaker(inside: Reader): void {
  const tag = inside.bytes[inside.at];
  if (tag !== Tag.NEW_PID && tag !== Tag.PID) throw misplaced(inside);
  readTerm(inside);
}

function misplaced(inside: Reader): Error {
  if (inside.left === 0) return inside.truncated(1);
  const tag = inside.bytes[inside.at];
  return inside.error("bad_tag", `tag ${tag} cannot stand here in a fun`);
}
