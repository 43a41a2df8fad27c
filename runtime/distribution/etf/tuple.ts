import { Atom } from "./atom.ts";

/**
 * A tuple that a plain array would turn into something else: an empty one, or
 * one whose first element is not an atom, such as `{1, 2}`. Made by
 * {@link tuple}. In it a string is a binary, the first element included.
 */
export class Tuple extends Array<unknown> {}

/**
 * A tuple of exactly these elements, each meaning what it means anywhere
 * else: a string is a binary, an atom is `atom("ok")`.
 *
 * A tuple that starts with an atom has a plain spelling, and this returns it:
 * `tuple(atom("ok"), 1)` is `["ok", 1]`.
 */
export function tuple(...elements: readonly unknown[]): unknown[] {
  if (elements.length > 0) {
    const first = elements[0];
    if (first instanceof Atom) return [first.text, ...elements.slice(1)];
    if (isNamedByValue(first)) return [String(first), ...elements.slice(1)];
  }
  const made = new Tuple(elements.length);
  for (let i = 0; i < elements.length; i++) made[i] = elements[i];
  return made;
}

/** Whether JavaScript has a value of its own for the atom of this name. */
export function isNamedByValue(value: unknown): boolean {
  return typeof value === "boolean" || value === undefined || value === null;
}
