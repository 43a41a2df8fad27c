import { Interned } from "./interned.ts";

const inspected = Symbol.for("nodejs.util.inspect.custom");

/**
 * A reference of any node, as it is named on the wire. Equal ones are the
 * same object: `===` compares them. Made by {@link foreignRef}.
 */
export class ForeignRef {
  readonly node: string;
  readonly creation: number;
  /** One to five numbers below 2^32, in the order of the wire. */
  readonly ids: readonly number[];

  constructor(node: string, creation: number, ids: readonly number[]) {
    this.node = node;
    this.creation = creation;
    this.ids = ids;
  }

  /** Erlang prints a number for the node; the name says more. */
  toString(): string {
    return `#Ref<${this.node}.${[...this.ids].reverse().join(".")}>`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspected](): string {
    return this.toString();
  }
}

const refs = new Interned<ForeignRef>();

/** Lately seen references by a hash, to be found without building a key. */
const recent: (ForeignRef | undefined)[] = new Array(1_024).fill(undefined);

/** The reference of these parts; `ids` is copied. */
export function foreignRef(
  node: string,
  creation: number,
  ids: readonly number[],
): ForeignRef {
  let hash = creation;
  for (const id of ids) hash = (hash * 31) ^ id;
  const slot = (hash ^ (hash >>> 10)) & 1_023;
  const last = recent[slot];
  if (
    last !== undefined &&
    last.node === node &&
    last.creation === creation &&
    isSame(last.ids, ids)
  ) {
    return last;
  }
  const found = refs.get(
    keyOf(node, creation, ids),
    () => new ForeignRef(node, creation, ids.slice()),
  );
  recent[slot] = found;
  return found;
}

/**
 * A text that is cheap to make: every call brings a reference that is new.
 * Each number takes two characters, and their count comes first.
 */
export function keyOf(
  node: string,
  creation: number,
  ids: readonly number[],
): string {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = ids;
  const three = String.fromCharCode(
    ids.length,
    creation >>> 16,
    creation,
    a >>> 16,
    a,
    b >>> 16,
    b,
    c >>> 16,
    c,
  );
  if (ids.length <= 3) return three + node;
  return three + String.fromCharCode(d >>> 16, d, e >>> 16, e) + node;
}

function isSame(some: readonly number[], others: readonly number[]): boolean {
  if (some.length !== others.length) return false;
  for (let i = 0; i < some.length; i++) {
    if (some[i] !== others[i]) return false;
  }
  return true;
}
