import { ReferenceTable } from "./reference-table.ts";

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

const refs = new ReferenceTable<ForeignRef>(isSame, (made) => made);

/** The reference of these parts; `ids` is copied. */
export function foreignRef(
  node: string,
  creation: number,
  ids: readonly number[],
): ForeignRef {
  return theOneRef(new ForeignRef(node, creation, ids.slice()));
}

/** The one object for an equal reference: this one, if it is the first. */
export function theOneRef(reference: ForeignRef): ForeignRef {
  return refs.get(reference);
}

function isSame(some: ForeignRef, other: ForeignRef): boolean {
  return (
    some.node === other.node &&
    some.creation === other.creation &&
    isSameWords(some.ids, other.ids)
  );
}

/** Whether the numbers of two references are equal, however many. */
export function isSameWords(
  some: readonly number[],
  others: readonly number[],
): boolean {
  if (some.length !== others.length) return false;
  for (let i = 0; i < some.length; i++) {
    if (some[i] !== others[i]) return false;
  }
  return true;
}
