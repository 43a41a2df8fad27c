import { SyntaxProblem } from "./consult-error.ts";
import type { Token } from "./token.ts";

/** More digits than this are refused: reading them takes more than linear time. */
const MOST_DIGITS = 1_000;

const DIGITS = /[0-9](?:_?[0-9])*/y;
const FRACTION = /\.[0-9](?:_?[0-9])*(?:[eE][-+]?[0-9](?:_?[0-9])*)?/y;
const BASED = /#[0-9a-zA-Z](?:_?[0-9a-zA-Z])*/y;

/** Reads `9527`, `1_000`, `16#FF` or `1.5e3`, from its first digit on. */
export function readNumber(
  text: string,
  offset: number,
): readonly [Token, end: number] {
  const whole = matchAt(DIGITS, text, offset);
  const end = offset + whole.length;
  if (whole.length > MOST_DIGITS) {
    throw new SyntaxProblem(offset, `More than ${MOST_DIGITS} digits.`);
  }
  const fraction = matchAt(FRACTION, text, end);
  if (fraction !== "") {
    const value = Number(without_(whole + fraction));
    if (!Number.isFinite(value)) {
      throw new SyntaxProblem(offset, "This float is too large.");
    }
    return [{ kind: "float", offset, value }, end + fraction.length];
  }
  const based = matchAt(BASED, text, end);
  if (based !== "") {
    const value = inBase(without_(whole), without_(based.slice(1)), offset);
    return [{ kind: "integer", offset, value }, end + based.length];
  }
  return [{ kind: "integer", offset, value: BigInt(without_(whole)) }, end];
}

function inBase(written: string, digits: string, offset: number): bigint {
  const base = Number(written);
  if (base < 2 || base > 36) {
    throw new SyntaxProblem(offset, "A base is a number from 2 to 36.");
  }
  if (digits.length > MOST_DIGITS) {
    throw new SyntaxProblem(offset, `More than ${MOST_DIGITS} digits.`);
  }
  let value = 0n;
  for (const digit of digits) {
    const worth = Number.parseInt(digit, 36);
    if (worth >= base) {
      throw new SyntaxProblem(
        offset,
        `Not every digit is one of base ${base}.`,
      );
    }
    value = value * BigInt(base) + BigInt(worth);
  }
  return value;
}

const without_ = (digits: string) => digits.replaceAll("_", "");

/** What a sticky pattern finds at this place, or nothing. */
function matchAt(pattern: RegExp, text: string, offset: number): string {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0] ?? "";
}
