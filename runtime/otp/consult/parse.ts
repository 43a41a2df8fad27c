import { SyntaxProblem } from "./consult-error.ts";
import type { Entry, Literal } from "./literal.ts";
import { parseBinary } from "./parse-binary.ts";
import { described, type Token } from "./token.ts";
import { Tokens } from "./tokens.ts";

/** A term in a term in a term …: deeper than this it is refused. */
export const DEEPEST = 100;

/** Reads terms from a text. */
export class Parser {
  readonly #tokens: Tokens;
  #depth = 0;

  constructor(text: string) {
    this.#tokens = new Tokens(text);
  }

  /** Every term up to the end; each ends with a dot. */
  terms(): Literal[] {
    const terms: Literal[] = [];
    while (this.#tokens.peek().kind !== "end") {
      terms.push(this.term());
      if (this.#tokens.peek().kind !== "dot") {
        const found = described(this.#tokens.peek());
        this.#tokens.fail(`Expected the "." that ends a term, found ${found}.`);
      }
      this.#tokens.take();
    }
    return terms;
  }

  term(): Literal {
    if (++this.#depth > DEEPEST) {
      this.#tokens.fail(`Terms are nested more than ${DEEPEST} deep.`);
    }
    const term = this.#term();
    this.#depth--;
    return term;
  }

  #term(): Literal {
    if (this.#tokens.takes("{"))
      return { kind: "tuple", items: this.#items("}") };
    if (this.#tokens.takes("[")) return { kind: "list", items: this.#list() };
    if (this.#tokens.takes("#{"))
      return { kind: "map", entries: this.#entries() };
    if (this.#tokens.takes("<<"))
      return { kind: "binary", bytes: parseBinary(this.#tokens) };
    if (this.#tokens.takes("(")) return this.#inParentheses();
    if (this.#tokens.takes("-")) return this.#number(-1);
    if (this.#tokens.takes("+")) return this.#number(1);
    const token = this.#tokens.peek();
    switch (token.kind) {
      case "atom":
      case "integer":
      case "float":
        return literal(this.#tokens.take());
      case "string":
        return { kind: "string", text: this.#tokens.string() };
      default:
        return this.#tokens.fail(`Expected a term, found ${described(token)}.`);
    }
  }

  #inParentheses(): Literal {
    const term = this.term();
    this.#tokens.expect(")");
    return term;
  }

  #number(factor: 1 | -1): Literal {
    const token = this.#tokens.peek();
    if (token.kind === "integer") {
      this.#tokens.take();
      return { kind: "integer", value: BigInt(factor) * token.value };
    }
    if (token.kind === "float") {
      this.#tokens.take();
      return { kind: "float", value: factor * token.value };
    }
    return this.#tokens.fail(`Expected a number, found ${described(token)}.`);
  }

  #items(closing: string): Literal[] {
    const items: Literal[] = [];
    if (this.#tokens.takes(closing)) return items;
    do items.push(this.term());
    while (this.#tokens.expect(",", closing) === ",");
    return items;
  }

  /** As Erlang has it, `[a | [b]]` is `[a, b]`. */
  #list(): Literal[] {
    const items: Literal[] = [];
    if (this.#tokens.takes("]")) return items;
    for (;;) {
      items.push(this.term());
      const sign = this.#tokens.expect(",", "|", "]");
      if (sign === "]") return items;
      if (sign === "|") break;
    }
    const { offset } = this.#tokens.peek();
    const tail = this.term();
    this.#tokens.expect("]");
    if (tail.kind === "list") return [...items, ...tail.items];
    throw new SyntaxProblem(offset, 'Only a list may stand behind "|" here.');
  }

  #entries(): Entry[] {
    const entries: Entry[] = [];
    if (this.#tokens.takes("}")) return entries;
    do {
      const key = this.term();
      this.#tokens.expect("=>");
      entries.push([key, this.term()]);
    } while (this.#tokens.expect(",", "}") === ",");
    return entries;
  }
}

function literal(token: Token): Literal {
  const { offset: _, ...rest } = token;
  return rest as Literal;
}
