import { isRef, type LocalRef } from "../core/ref.ts";
import { atom, ImproperList } from "./etf/index.ts";

// With `[alias|Ref]` Erlang asks for an answer to a reference, which is the
// only way to a caller that may have given up.

const alias = atom("alias");

export function aliasMark(ref: unknown): ImproperList {
  return new ImproperList([alias], ref);
}

/** The reference in such a mark; `undefined` in any other. */
export function aliasIn(mark: unknown): LocalRef | undefined {
  if (!(mark instanceof ImproperList) || mark.items.length !== 1) return;
  if (mark.items[0] !== alias || !isRef(mark.tail)) return undefined;
  return mark.tail as LocalRef;
}
