import type { Literal } from "./literal.ts";

/** A term as a program uses it; {@link termOf} says what becomes of what. */
export type Term =
  | string
  | boolean
  | number
  | bigint
  | Uint8Array
  | readonly Term[]
  | ReadonlyMap<Term, Term>;

/** A tuple: an array that knows that it is none of Erlang's lists. */
export class Tuple extends Array<Term> {
  // What map, filter and the like make of a tuple is an ordinary array.
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

/**
 * What a literal is in a program:
 *
 * | Erlang | here |
 * |---|---|
 * | `true`, `false` | boolean |
 * | any other atom; `"a string"` | string |
 * | integer | number; bigint where a number would not be exact |
 * | float | number, so `1.0` is `1` |
 * | `<<"a binary">>` | `Uint8Array` |
 * | `[a, list]` | array |
 * | `{a, tuple}` | {@link Tuple}, which is an array too |
 * | `#{a => map}` | `Map`, in the order written, the last of equal keys |
 */
export function termOf(literal: Literal): Term {
  switch (literal.kind) {
    case "atom":
      if (literal.text === "true") return true;
      return literal.text === "false" ? false : literal.text;
    case "string":
      return literal.text;
    case "integer": {
      const number = Number(literal.value);
      return Number.isSafeInteger(number) ? number : literal.value;
    }
    case "float":
      return literal.value;
    case "binary":
      return literal.bytes;
    case "list":
      return literal.items.map(termOf);
    case "tuple": {
      const tuple = new Tuple();
      tuple.push(...literal.items.map(termOf));
      return tuple;
    }
    case "map":
      return new Map(
        literal.entries.map(([key, value]) => [termOf(key), termOf(value)]),
      );
  }
}
