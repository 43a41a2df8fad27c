import { basename } from "node:path";

/** A place in an answer, counted from 1 as an editor does. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Where in the answer a stack, or one line of it, first stands. */
export function placeIn(answer: string, stack: string): Place | undefined {
  const at = stack.indexOf(`${answer}:`);
  if (at < 0) return undefined;
  const found = /^:(\d+):(\d+)/.exec(stack.slice(at + answer.length));
  return found
    ? { line: Number(found[1]), column: Number(found[2]) }
    : undefined;
}

/** `exercise.ts:12`, as a terminal makes a link of it. */
export function written(answer: string, { line }: Place): string {
  return `${basename(answer)}:${line}`;
}

/** Where in the answer an error was thrown, if it was. */
export function thrownAt(answer: string, error: unknown): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const place = placeIn(answer, stack);
  return place && written(answer, place);
}

/** What an error says; its class, unless it is no news. */
export function text(error: unknown): string {
  return error instanceof Error
    ? error.name === "AssertionError" || error.name === "Error"
      ? error.message
      : `${error.name}: ${error.message}`
    : String(error);
}
