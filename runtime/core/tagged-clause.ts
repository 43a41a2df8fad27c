import type { AnyClauses } from "./clauses.ts";

const inherited = new Set(Object.getOwnPropertyNames(Object.prototype));

/** How long those names and "_" are, as bits: no tag of another length is one. */
const unsafeLengths = ["_", ...inherited].reduce(
  (lengths, name) => lengths | (1 << name.length),
  0,
);

/**
 * What stands under a tag. "toString" must not find what objects inherit, nor
 * "_" what takes all others, for that is given the message and not its fields.
 */
export function taggedClause(clauses: AnyClauses, tag: string): unknown {
  if ((unsafeLengths & (1 << tag.length)) === 0) return clauses[tag];
  if (tag === "_") return undefined;
  return !inherited.has(tag) || Object.hasOwn(clauses, tag)
    ? clauses[tag]
    : undefined;
}
