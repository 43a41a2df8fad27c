import { type ConsultError, located, SyntaxProblem } from "./consult-error.ts";
import { Parser } from "./parse.ts";
import { type Term, termOf } from "./term.ts";

/** Longer texts, in characters, are refused unread. */
export const LONGEST_TEXT = 1_000_000;

/**
 * Reads a text of Erlang terms, each ended by a dot, as Erlang's
 * `file:consult/1` reads a file. Nothing is run: what is no literal term is an
 * error. What each term becomes is told at `termOf`.
 *
 * A little less is read than Erlang does: no funs, no improper lists, no
 * sizes inside binaries, no terms nested more than 100 deep, no texts over a million
 * characters, no numbers of more than a thousand digits.
 *
 * @returns `["ok", terms]`, or `["error", where and why]` for the first error.
 * @see Erlang's `file:consult/1`
 */
export function consult(
  text: string,
): readonly ["ok", readonly Term[]] | readonly ["error", ConsultError] {
  try {
    if (text.length > LONGEST_TEXT) {
      const why = `The text has more than ${LONGEST_TEXT} characters.`;
      throw new SyntaxProblem(0, why);
    }
    return ["ok", new Parser(text).terms().map(termOf)];
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    return ["error", located(text, error)];
  }
}
