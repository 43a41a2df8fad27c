import { SyntaxProblem } from "./consult-error.ts";
import type { Entry, Literal } from "./literal.ts";
import { parseBinary } from "./parse-binary.ts";
import { scan } from "./scan.ts";
import { described, type Token } from "./token.ts";

/** A term in a term in a term …: deeper than this it is refused. */
export const DEEPEST = 100;

/** Reads terms from a text, one token ahead. */
export class Parser {
  readonly #text: string;
  #end = 0;
  #next: Token | undefined;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The token that comes next; it stays. */
  peek(): Token {
    if (!this.#next) [this.#next, this.#end] = scan(this.#text, this.#end);
    return this.#next;
  }

  take(): Token {
    const token = this.peek();
    this.#next = undefined;
    return token;
  }

  /** Takes the sign if it is the next token. */
  takes(sign: string): boolean {
    const token = this.peek();
    const isThere = token.kind === "sign" && token.text === sign;
    if (isThere) this.take();
    return isThere;
  }

  /** Takes one of these signs, or says that it is missing. */
  expect(...signs: string[]): string {
    const found = signs.find((sign) => this.takes(sign));
    if (found !== undefined) return found;
    const wanted = signs.map((sign) => `"${sign}"`).join(" or ");
    return this.fail(`Expected ${wanted}, found ${described(this.peek())}.`);
  }

  fail(message: string): never {
    throw new SyntaxProblem(this.peek().offset, message);
  }

  /** Every term up to the end; each ends with a dot. */
  terms(): Literal[] {
    const terms: Literal[] = [];
    while (this.peek().kind !== "end") {
      terms.push(this.term());
      if (this.peek().kind !== "dot") {
        const found = described(this.peek());
        this.fail(`Expected the "." that ends a term, found ${found}.`);
      }
      this.take();
    }
    return terms;
  }

  term(): Literal {
    if (++this.#depth > DEEPEST) {
      this.fail(`Terms are nested more than ${DEEPEST} deep.`);
    }
    const term = this.#term();
    this.#depth--;
    return term;
  }

  #term(): Literal {
    if (this.takes("{")) return { kind: "tuple", items: this.#items("}") };
    if (this.takes("[")) return { kind: "list", items: this.#list() };
    if (this.takes("#{")) return { kind: "map", entries: this.#entries() };
    if (this.takes("<<")) return { kind: "binary", bytes: parseBinary(this) };
    if (this.takes("-")) return this.#number(-1);
    if (this.takes("+")) return this.#number(1);
    const token = this.peek();
    switch (token.kind) {
      case "atom":
      case "integer":
      case "float":
        return literal(this.take());
      case "string":
        return { kind: "string", text: this.string() };
      default:
        return this.fail(`Expected a term, found ${described(token)}.`);
    }
  }

  /** Strings that stand side by side are one. */
  string(): string {
    let text = "";
    for (let next = this.peek(); next.kind === "string"; next = this.peek()) {
      text += next.text;
      this.take();
    }
    return text;
  }

  #number(factor: 1 | -1): Literal {
    const token = this.peek();
    if (token.kind === "integer") {
      this.take();
      return { kind: "integer", value: BigInt(factor) * token.value };
    }
    if (token.kind === "float") {
      this.take();
      return { kind: "float", value: factor * token.value };
    }
    return this.fail(`Expected a number, found ${described(token)}.`);
  }

  #items(closing: string): Literal[] {
    const items: Literal[] = [];
    if (this.takes(closing)) return items;
    do items.push(this.term());
    while (this.expect(",", closing) === ",");
    return items;
  }

  /** As Erlang has it, `[a | [b]]` is `[a, b]`. */
  #list(): Literal[] {
    const items: Literal[] = [];
    if (this.takes("]")) return items;
    for (;;) {
      items.push(this.term());
      const sign = this.expect(",", "|", "]");
      if (sign === "]") return items;
      if (sign === "|") break;
    }
    const { offset } = this.peek();
    const tail = this.term();
    this.expect("]");
    if (tail.kind === "list") return [...items, ...tail.items];
    throw new SyntaxProblem(offset, 'Only a list may stand behind "|" here.');
  }

  #entries(): Entry[] {
    const entries: Entry[] = [];
    if (this.takes("}")) return entries;
    do {
      const key = this.term();
      this.expect("=>");
      entries.push([key, this.term()]);
    } while (this.expect(",", "}") === ",");
    return entries;
  }
}

function literal(token: Token): Literal {
  const { offset: _, ...rest } = token;
  return rest as Literal;
}
