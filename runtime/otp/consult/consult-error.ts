/** What is wrong with a text of terms, and where. */
export interface ConsultError {
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in characters. */
  readonly column: number;
  /**
   * One sentence. It names what kind of thing was found, never the text
   * itself: a file of settings may hold a password.
   */
  readonly message: string;
  /** The line with a mark under the place. It quotes the text as it is. */
  readonly mark: string;
}

/** Thrown inside the reader, caught by `consult`. */
export class SyntaxProblem extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.name = "SyntaxProblem";
    this.offset = offset;
  }
}

/** Turns an offset into what a person looks for: a line and a column. */
export function located(text: string, problem: SyntaxProblem): ConsultError {
  const before = text.slice(0, problem.offset).split(/\r?\n/);
  const start = before.at(-1) ?? "";
  const rest = /^[^\r\n]*/.exec(text.slice(problem.offset))?.[0] ?? "";
  const column = [...start].length + 1;
  // A tab stays a tab, so that the mark stands under its character.
  const margin = start.replace(/[^\t]/gu, " ");
  return {
    line: before.length,
    column,
    message: problem.message,
    mark: `${start}${rest}\n${margin}^`,
  };
}
