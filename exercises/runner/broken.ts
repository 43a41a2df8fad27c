import { basename } from "node:path";
import type { Message } from "esbuild";

/** What a TypeScript programmer writes out of habit, and what it is here. */
const ADVICE: readonly [RegExp, string][] = [
  [
    /"await"/,
    "A body does not await. It is a function*, and waits with yield*; for a promise there is yield* self.wait(promise).",
  ],
  [
    /"yield"/,
    "yield* stands in a function*, or in a method with a * before its name. Is the star missing?",
  ],
];

/** What esbuild found, with the line and a mark below the place. */
export function broken({ text, location, pluginName }: Message): string {
  const missing = /^No matching export .* for import "(.+)"$/.exec(text)?.[1];
  if (missing) {
    return `exercise.ts does not export ${missing}, and the check needs it. Write "export" before it, under that name.`;
  }
  // What bundle-check.ts refuses it says whole; the place is one after marking.
  if (!location || pluginName) return text;
  const { file, line, column, length, lineText } = location;
  const advice = ADVICE.find(([found]) => found.test(text))?.[1];
  const mark = " ".repeat(column) + "^".repeat(Math.max(1, length));
  return `${basename(file)}:${line}: ${text}\n\n  ${lineText}\n  ${mark}${advice ? `\n\n${advice}` : ""}`;
}
