import type { Shown } from "./client.ts";

/** What a person reads; `paint` gives it colours where there are any. */
export function inWords(shown: Shown, paint: Paint): string {
  switch (shown[0]) {
    case "joined":
      return `Welcome, ${plain(shown[1])}. Type a line and press Enter; /quit leaves.`;
    case "heard":
      return heard(plain(shown[1]), paint);
    case "refused":
      return `Refused: ${plain(shown[1])}`;
    case "waiting":
      return paint(
        DIM,
        `No chat: ${shown[1]}. Next try in ${shown[2] / 1_000} s.`,
      );
    case "unsent":
      return `Not sent, there is no chat just now: ${plain(shown[1])}`;
    case "bye":
      return "Good-bye.";
  }
}

export type Paint = (colour: number, text: string) => string;

export const inColour: Paint = (colour, text) =>
  `\x1b[${colour}m${text}\x1b[0m`;
export const withoutColour: Paint = (_, text) => text;

export const DIM = 2;
const COLOURS = [31, 32, 33, 34, 35, 36];

/** Everybody's name has a colour of its own, or nearly. */
function heard(text: string, paint: Paint): string {
  const colon = text.indexOf(": ");
  if (colon < 0) return paint(DIM, text);
  const name = text.slice(0, colon);
  const sum = [...name].reduce((n, one) => n + (one.codePointAt(0) ?? 0), 0);
  const colour = COLOURS[sum % COLOURS.length] ?? DIM;
  return paint(colour, name) + text.slice(colon);
}

/**
 * What comes from others must not move the cursor, or turn text around. The
 * joiners that hold letters and emoji together do neither, and stay.
 */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, " ");
}

/** Two columns each: what East Asia writes in a square, and most emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
/** No column: accents that sit on the letter before, and joiners. */
const WITHOUT_WIDTH = /[\p{Cc}\p{Cf}\p{Mn}\p{Me}]/u;
const TAB = 8;

/**
 * How many rows of a screen with so many columns a line takes that is being
 * typed. Where it fills the last row, the cursor already stands on the next.
 */
export function rowsOf(text: string, columns: number): number {
  if (!(columns > 0)) return 1;
  let at = 0;
  for (const one of text) {
    if (one === "\t") at += TAB - (at % TAB);
    else if (WIDE.test(one)) {
      // It is never cut in two: the last column stays empty.
      if ((at + 1) % columns === 0) at++;
      at += 2;
    } else if (!WITHOUT_WIDTH.test(one)) at++;
  }
  return Math.floor(at / columns) + 1;
}

/** How many of the last lines a screen has room for, with so many rows left. */
export function howManyFit(
  lines: readonly string[],
  columns: number,
  rowsLeft: number,
): number {
  let used = 0;
  for (let count = 0; count < lines.length; count++) {
    used += rowsOf(lines[lines.length - 1 - count] ?? "", columns);
    if (used > rowsLeft) return count;
  }
  return lines.length;
}
