import { Interned } from "./interned.ts";

const inspected = Symbol.for("nodejs.util.inspect.custom");

/**
 * A port of any node, as it is named on the wire. Equal ones are the same
 * object: `===` compares them. Made by {@link foreignPort}.
 */
export class ForeignPort {
  readonly node: string;
  /** Below 2^64. */
  readonly id: bigint;
  readonly creation: number;

  constructor(node: string, id: bigint, creation: number) {
    this.node = node;
    this.id = id;
    this.creation = creation;
  }

  /** Erlang prints a number for the node; the name says more. */
  toString(): string {
    return `#Port<${this.node}.${this.id}>`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspected](): string {
    return this.toString();
  }
}

const ports = new Interned<ForeignPort>();

/** The port of these parts. */
export function foreignPort(
  node: string,
  id: bigint,
  creation: number,
): ForeignPort {
  return ports.get(
    `${id}.${creation}.${node}`,
    () => new ForeignPort(node, id, creation),
  );
}
