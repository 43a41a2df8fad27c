import { SyntaxProblem } from "./consult-error.ts";
import { scan } from "./scan.ts";
import { described, type Token } from "./token.ts";

/** The tokens of a text, of which one is known ahead. */
export class Tokens {
  readonly #text: string;
  #end = 0;
  #next: Token | undefined;

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

  /** Strings that stand side by side are one. */
  string(): string {
    let text = "";
    for (let next = this.peek(); next.kind === "string"; next = this.peek()) {
      text += next.text;
      this.take();
    }
    return text;
  }
}
