import { SyntaxProblem } from "./consult-error.ts";

/** A piece of text and the offset behind it. */
export type Read<T> = readonly [value: T, end: number];

const NAMED: Readonly<Record<string, string>> = {
  b: "\b",
  d: "\x7f",
  e: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  s: " ",
  t: "\t",
  v: "\v",
};

/** Reads `"…"` or `'…'`, from its opening quote on. */
export function readQuoted(text: string, start: number): Read<string> {
  const quote = text[start] as string;
  let value = "";
  let at = start + 1;
  while (at < text.length) {
    if (text[at] === quote) return [value, at + 1];
    const [character, end] = readCharacter(text, at);
    value += character;
    at = end;
  }
  const what = quote === '"' ? "string" : "quoted atom";
  throw new SyntaxProblem(start, `This ${what} is never closed.`);
}

/** One character, escaped or not. */
export function readCharacter(text: string, at: number): Read<string> {
  if (text[at] !== "\\") {
    const character = String.fromCodePoint(text.codePointAt(at) as number);
    return [character, at + character.length];
  }
  return readEscape(text, at);
}

function readEscape(text: string, start: number): Read<string> {
  const rest = text.slice(start + 1, start + 12);
  const coded =
    /^x\{([0-9a-fA-F]{1,6})\}|^x([0-9a-fA-F]{2})|^([0-7]{1,3})/.exec(rest);
  if (coded) {
    const [all, braced, pair, octal = ""] = coded;
    const hex = braced ?? pair;
    const code = hex ? Number.parseInt(hex, 16) : Number.parseInt(octal, 8);
    const isCharacter = code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000);
    if (!isCharacter) {
      throw new SyntaxProblem(start, "This escape is no Unicode character.");
    }
    return [String.fromCodePoint(code), start + 1 + all.length];
  }
  if (rest.startsWith("x")) {
    throw new SyntaxProblem(start, "\\x needs two hex digits, or \\x{…}.");
  }
  const control = /^\^([@-_a-z])/.exec(rest);
  if (control) {
    const code = (control[1] as string).charCodeAt(0) & 0x1f;
    return [String.fromCharCode(code), start + 3];
  }
  if (rest === "") throw new SyntaxProblem(start, "Nothing follows this \\.");
  const [character, end] = readPlain(text, start + 1);
  return [NAMED[character] ?? character, end];
}

function readPlain(text: string, at: number): Read<string> {
  const character = String.fromCodePoint(text.codePointAt(at) as number);
  return [character, at + character.length];
}
