import { SyntaxProblem } from "./consult-error.ts";
import { readNumber } from "./read-number.ts";
import { readCharacter, readQuoted } from "./read-quoted.ts";
import { signAt, type Token } from "./token.ts";

const BLANK = /[\t-\r \xa0]+|%[^\n]*/y;
const WORD = /[a-zß-öø-ÿ][\wÀ-ÖØ-öø-ÿ@]*/y;
const VARIABLE = /[A-ZÀ-ÖØ-Þ_]/;
/** Erlang counts characters; a longer atom is no atom. */
const LONGEST_ATOM = 255;

/** Words that are atoms only between quotes. */
const RESERVED = new Set(
  `after and andalso band begin bnot bor bsl bsr bxor case catch cond div end
  fun if let not of or orelse receive rem try when xor`.split(/\s+/),
);

/** Reads the next token, over blanks and comments; `end` is where it ends. */
export function scan(
  text: string,
  from: number,
): readonly [token: Token, end: number] {
  const offset = overBlanks(text, from);
  const first = text[offset];
  if (first === undefined) return [{ kind: "end", offset }, offset];
  if (/[0-9]/.test(first)) return readNumber(text, offset);
  if (first === '"') {
    const [value, end] = readQuoted(text, offset);
    return [{ kind: "string", offset, text: value }, end];
  }
  if (first === "'") {
    const [value, end] = readQuoted(text, offset);
    return [atom(offset, value), end];
  }
  if (first === "$") return character(text, offset);
  if (first === ".") return [{ kind: "dot", offset }, dotEnd(text, offset)];
  WORD.lastIndex = offset;
  const word = WORD.exec(text)?.[0];
  if (word !== undefined) {
    if (RESERVED.has(word)) {
      const why = `"${word}" is a reserved word. As an atom it needs quotes: '${word}'.`;
      throw new SyntaxProblem(offset, why);
    }
    return [atom(offset, word), offset + word.length];
  }
  const sign = signAt(text, offset);
  if (sign) return [{ kind: "sign", offset, text: sign }, offset + sign.length];
  throw new SyntaxProblem(offset, unknown(first));
}

function atom(offset: number, text: string): Token {
  if ([...text].length > LONGEST_ATOM) {
    const why = `An atom has at most ${LONGEST_ATOM} characters.`;
    throw new SyntaxProblem(offset, why);
  }
  return { kind: "atom", offset, text };
}

/** `$a` is the number of the character a. */
function character(text: string, offset: number): readonly [Token, number] {
  if (offset + 1 >= text.length) {
    throw new SyntaxProblem(offset, "A character has to follow this $.");
  }
  const [value, end] = readCharacter(text, offset + 1);
  const code = BigInt(value.codePointAt(0) as number);
  return [{ kind: "integer", offset, value: code }, end];
}

/** The dot that ends a term has a blank, a comment or nothing behind it. */
function dotEnd(text: string, offset: number): number {
  const next = text[offset + 1];
  if (next === undefined || /[\s%]/.test(next)) return offset + 1;
  throw new SyntaxProblem(
    offset,
    'A "." inside a term. A name with a dot in it needs quotes.',
  );
}

function unknown(character: string): string {
  if (VARIABLE.test(character)) {
    return "A variable is no term. An atom begins with a small letter, or has quotes.";
  }
  return "This character begins no term.";
}

function overBlanks(text: string, from: number): number {
  BLANK.lastIndex = from;
  let offset = from;
  while (BLANK.test(text)) offset = BLANK.lastIndex;
  return offset;
}
