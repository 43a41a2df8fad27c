/** A word of the text, and where it begins. */
export type Token = { readonly offset: number } & (
  | { readonly kind: "atom"; readonly text: string }
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "integer"; readonly value: bigint }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "sign"; readonly text: Sign }
  | { readonly kind: "dot" }
  | { readonly kind: "end" }
);

const SIGNS = "<< >> => #{ { } [ ] ( ) , | / : - +".split(" ");
/** Punctuation. */
export type Sign = string;

/** The sign that the rest of the text begins with; the longest one counts. */
export function signAt(text: string, offset: number): Sign | undefined {
  return SIGNS.find((sign) => text.startsWith(sign, offset));
}

/** A token as an error names it: by its kind, so that no secret is told. */
export function described(token: Token): string {
  switch (token.kind) {
    case "atom":
      return "an atom";
    case "string":
      return "a string";
    case "integer":
    case "float":
      return "a number";
    case "sign":
      return `"${token.text}"`;
    case "dot":
      return 'the "." that ends a term';
    case "end":
      return "the end of the text";
  }
}
