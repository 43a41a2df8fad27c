import { Interned } from "./interned.ts";

const inspected = Symbol.for("nodejs.util.inspect.custom");

/**
 * A process of any node, as it is named on the wire. Equal ones are the same
 * object: `===` compares them. Made by {@link foreignPid}.
 */
export class ForeignPid {
  readonly node: string;
  readonly id: number;
  readonly serial: number;
  /** Which of the nodes that had this name one after the other it was. */
  readonly creation: number;

  constructor(node: string, id: number, serial: number, creation: number) {
    this.node = node;
    this.id = id;
    this.serial = serial;
    this.creation = creation;
  }

  /** Erlang prints a number for the node; the name says more. */
  toString(): string {
    return `<${this.node}.${this.id}.${this.serial}>`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspected](): string {
    return this.toString();
  }
}

const pids = new Interned<ForeignPid>();

/** Lately seen pids by a hash, to be found without building a key. */
const recent: (ForeignPid | undefined)[] = new Array(1_024).fill(undefined);

/** The pid of these parts, each a whole number below 2^32. */
export function foreignPid(
  node: string,
  id: number,
  serial: number,
  creation: number,
): ForeignPid {
  const slot = (id ^ (serial << 5) ^ creation) & 1_023;
  const last = recent[slot];
  if (
    last !== undefined &&
    last.id === id &&
    last.serial === serial &&
    last.creation === creation &&
    last.node === node
  ) {
    return last;
  }
  const found = pids.get(
    `${id}.${serial}.${creation}.${node}`,
    () => new ForeignPid(node, id, serial, creation),
  );
  recent[slot] = found;
  return found;
}
