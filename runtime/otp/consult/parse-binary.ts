import type { Parser } from "./parse.ts";
import { described } from "./token.ts";

/**
 * What stands between `<<` and `>>`: bytes, and strings, whose characters are
 * one byte each unless `/utf8` stands behind them.
 */
export function parseBinary(parser: Parser): Uint8Array {
  const bytes: number[] = [];
  if (parser.takes(">>")) return new Uint8Array();
  do {
    const token = parser.peek();
    if (token.kind === "string") {
      bytes.push(...bytesOf(parser));
    } else if (token.kind === "integer") {
      parser.take();
      // As in Erlang, the lowest eight bits are what fits.
      bytes.push(Number(token.value & 255n));
    } else {
      parser.fail(`Expected a byte or a string, found ${described(token)}.`);
    }
  } while (parser.expect(",", ">>") === ",");
  return new Uint8Array(bytes);
}

function bytesOf(parser: Parser): Iterable<number> {
  const text = parser.string();
  if (!parser.takes("/")) {
    return [...text].map((one) => (one.codePointAt(0) as number) & 255);
  }
  const type = parser.peek();
  if (type.kind !== "atom" || type.text !== "utf8") {
    return parser.fail("Only /utf8 can be read here.");
  }
  parser.take();
  return new TextEncoder().encode(text);
}
