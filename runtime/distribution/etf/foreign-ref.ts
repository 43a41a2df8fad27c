import { Hashed } from "./hashed.ts";
import { WireName } from "./wire-name.ts";

const inspected = Symbol.for("nodejs.util.inspect.custom");

/**
 * A reference of any node, as it is named on the wire. Equal ones are the
 * same object: `===` compares them. Made by {@link foreignRef}.
 */
export class ForeignRef extends WireName {
  readonly node: string;
  readonly creation: number;
  /** One to five numbers below 2^32, in the order of the wire. */
  readonly ids: readonly number[];

  constructor(node: string, creation: number, ids: readonly number[]) {
    super();
    this.node = node;
    this.creation = creation;
    this.ids = ids;
  }

  /** Erlang prints a number for the node; the name says more. */
  override toString(): string {
    return `#Ref<${this.node}.${[...this.ids].reverse().join(".")}>`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspected](): string {
    return this.toString();
  }
}

const refs = new Hashed<ForeignRef>();

/** Differs from run to run, so that nobody can send many of one hash. */
const seed = Math.floor(Math.random() * 2 ** 32);

/** Lately seen references by a part of their hash: the same again costs little. */
const recent: (ForeignRef | undefined)[] = new Array(1_024).fill(undefined);

/** The reference of these parts; `ids` is copied. */
export function foreignRef(
  node: string,
  creation: number,
  ids: readonly number[],
): ForeignRef {
  let hash = seed ^ creation;
  for (const id of ids) hash = Math.imul(hash ^ id, 0x9e37_79b1);
  hash ^= hash >>> 15;
  const slot = hash & 1_023;
  const last = recent[slot];
  if (last !== undefined && isMadeOf(last, node, creation, ids)) return last;
  const found = refs.get(
    hash,
    (known) => isMadeOf(known, node, creation, ids),
    () => new ForeignRef(node, creation, ids.slice()),
  );
  recent[slot] = found;
  return found;
}

function isMadeOf(
  ref: ForeignRef,
  node: string,
  creation: number,
  ids: readonly number[],
): boolean {
  if (ref.creation !== creation || ref.ids.length !== ids.length) return false;
  for (let i = 0; i < ids.length; i++) if (ref.ids[i] !== ids[i]) return false;
  return ref.node === node;
}
