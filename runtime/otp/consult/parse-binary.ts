import { described } from "./token.ts";
import type { Tokens } from "./tokens.ts";

/**
 * What stands between `<<` and `>>`: bytes, and strings, whose characters are
 * one byte each unless `/utf8` stands behind them.
 */
export function parseBinary(tokens: Tokens): Uint8Array {
  const bytes: number[] = [];
  if (tokens.takes(">>")) return new Uint8Array();
  do {
    const token = tokens.peek();
    if (token.kind === "string") {
      // One by one: spreading a long string would not fit on the stack.
      for (const byte of bytesOf(tokens)) bytes.push(byte);
    } else if (token.kind === "integer") {
      tokens.take();
      // As in Erlang, the lowest eight bits are what fits.
      bytes.push(Number(token.value & 255n));
    } else {
      tokens.fail(`Expected a byte or a string, found ${described(token)}.`);
    }
  } while (tokens.expect(",", ">>") === ",");
  return new Uint8Array(bytes);
}

function bytesOf(tokens: Tokens): Iterable<number> {
  const text = tokens.string();
  if (!tokens.takes("/")) {
    return [...text].map((one) => (one.codePointAt(0) as number) & 255);
  }
  const type = tokens.peek();
  if (type.kind !== "atom" || type.text !== "utf8") {
    return tokens.fail("Only /utf8 can be read here.");
  }
  tokens.take();
  return new TextEncoder().encode(text);
}
