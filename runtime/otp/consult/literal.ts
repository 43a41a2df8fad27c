/** An Erlang term as it stands in a text; each kind keeps its kind. */
export type Literal =
  | { readonly kind: "atom"; readonly text: string }
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "integer"; readonly value: bigint }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "binary"; readonly bytes: Uint8Array }
  | { readonly kind: "tuple"; readonly items: readonly Literal[] }
  | { readonly kind: "list"; readonly items: readonly Literal[] }
  | { readonly kind: "map"; readonly entries: readonly Entry[] };

/** A key of a map and what belongs to it. */
export type Entry = readonly [key: Literal, value: Literal];
