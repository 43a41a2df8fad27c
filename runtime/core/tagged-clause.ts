import type { AnyClauses } from "./clauses.ts";

const inherited = new Set(Object.getOwnPropertyNames(Object.prototype));

/** How long those names are, as bits: no `has` for a tag of another length. */
const inheritedLengths = [...inherited].reduce(
  (lengths, name) => lengths | (1 << name.length),
  0,
);

/** What stands under a tag; "toString" must not find what objects inherit. */
export function taggedClause(clauses: AnyClauses, tag: string): unknown {
  return (inheritedLengths & (1 << tag.length)) === 0 ||
    !inherited.has(tag) ||
    Object.hasOwn(clauses, tag)
    ? clauses[tag]
    : undefined;
}
