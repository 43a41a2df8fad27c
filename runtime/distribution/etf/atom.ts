import { EtfError } from "./etf-error.ts";
import { Interned } from "./interned.ts";

const inspected = Symbol.for("nodejs.util.inspect.custom");

/** Erlang's longest atom, in characters (code points), not bytes. */
const maximumCharacters = 255;

/**
 * An atom where a plain string would mean something else: anywhere but as a
 * whole message or as the first element of a tuple. Made by {@link atom}.
 */
export class Atom {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** As Erlang prints it: `ok`, `'Hello world'`. */
  toString(): string {
    if (/^[a-z][\w@]*$/.test(this.text)) return this.text;
    return `'${this.text.replace(/[\\']/g, "\\$&")}'`;
  }

  toJSON(): string {
    return this.text;
  }

  [inspected](): string {
    return `atom(${this})`;
  }
}

const atoms = new Interned<Atom>();

/** Lately used atoms; the table of weak references is slower to ask. */
const recent = new Map<string, Atom>();

/**
 * The atom of this name; the same object each time, so `===` compares atoms.
 *
 * `true`, `false`, `null` and `undefined` that come from Erlang are decoded
 * as JavaScript's own values. `atom("true")` is Erlang's `true` all the same.
 *
 * @throws EtfError `bad_atom` for a name that Erlang would refuse.
 */
export function atom(text: string): Atom {
  const known = recent.get(text);
  if (known !== undefined) return known;
  const found = atoms.get(checkAtom(text, 0), () => new Atom(text));
  if (recent.size >= 1_024) recent.clear();
  recent.set(text, found);
  return found;
}

/** The name itself, if Erlang can have an atom of that name. */
export function checkAtom(text: string, offset: number): string {
  if (text.length > maximumCharacters && [...text].length > maximumCharacters) {
    throw new EtfError(
      "bad_atom",
      offset,
      `"${text.slice(0, 20)}…" cannot be an atom: it has more than ` +
        `${maximumCharacters} characters. An array that starts with a string ` +
        `is a tuple that starts with an atom; for a list, write list(…). ` +
        `A string sent as a whole message is an atom; put it in an array ` +
        `after a tag`,
    );
  }
  if (/\p{Surrogate}/u.test(text)) {
    throw new EtfError(
      "bad_atom",
      offset,
      "half a surrogate pair cannot be part of an atom; send whole characters",
    );
  }
  return text;
}
