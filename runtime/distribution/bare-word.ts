import { Atom, atom } from "./etf/index.ts";

// A request or a reason that is a word alone: a string here, an atom in Erlang.

export function named(word: unknown): unknown {
  return typeof word === "string" ? atom(word) : word;
}

export function bare(word: unknown): unknown {
  return word instanceof Atom ? word.text : word;
}
