import { basename } from "node:path";
import type { BuildFailure, Message } from "esbuild";

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

/** Why there is no script. */
export interface Broken {
  readonly kind: "broken";
  readonly message: string;
}

/** What is made, or in words what esbuild has against it. */
export async function orBroken<Made>(
  made: Promise<Made>,
): Promise<Made | Broken> {
  try {
    return await made;
  } catch (error) {
    const { errors } = error as BuildFailure;
    if (!errors?.[0]) throw error;
    return { kind: "broken", message: said(errors[0]) };
  }
}

/** What esbuild found, with the line and a mark below the place. */
function said({ text, location, pluginName }: Message): string {
  // What bundle-answer.ts refuses it says whole; the place is one after marking.
  if (!location || pluginName) return text;
  const { file, line, column, length, lineText } = location;
  const advice = ADVICE.find(([found]) => found.test(text))?.[1];
  const mark = " ".repeat(column) + "^".repeat(Math.max(1, length));
  return `${basename(file)}:${line}: ${text}\n\n  ${lineText}\n  ${mark}${advice ? `\n\n${advice}` : ""}`;
}
