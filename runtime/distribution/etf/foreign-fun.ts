import { Buffer } from "../bytes.ts";
import { Interned } from "./interned.ts";

const inspected = Symbol.for("nodejs.util.inspect.custom");

/**
 * A fun of an Erlang node: nothing that JavaScript can call, but it can be
 * kept and sent back. Equal ones are the same object.
 */
export class ForeignFun {
  /** The module whose code it is. */
  readonly module: string;
  /** How many arguments it takes. */
  readonly arity: number;
  readonly #text: string;
  readonly #bytes: Uint8Array;

  constructor(module: string, arity: number, text: string, bytes: Uint8Array) {
    this.module = module;
    this.arity = arity;
    this.#text = text;
    this.#bytes = bytes;
  }

  /** The whole term as it came, tag included, to be sent as it came. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** `#Fun<shop.2>` for a fun made in a module, `fun lists:map/2` for a name. */
  toString(): string {
    return this.#text;
  }

  toJSON(): string {
    return this.#text;
  }

  [inspected](): string {
    return this.#text;
  }
}

const funs = new Interned<ForeignFun>();

/** The fun that these bytes are; `bytes` is kept and must not change. */
export function foreignFun(
  module: string,
  arity: number,
  text: string,
  bytes: Uint8Array,
): ForeignFun {
  return funs.get(
    Buffer.from(bytes).toString("latin1"),
    () => new ForeignFun(module, arity, text, bytes),
  );
}
