/** "#", five digits for the speaker, "/", seven for the number. */
const TAIL_BYTES = 14;
const HASH = 0x23;
const SLASH = 0x2f;
const ZERO = 0x30;

/** More messages than this, of one speaker, have no number. */
export const MOST_NUMBERS = 10_000_000;

/** What a speaker says: its number and the message's, in a fixed width. */
export function spoken(speaker: number, number: number): string {
  return `#${`${speaker}`.padStart(5, "0")}/${`${number}`.padStart(7, "0")}`;
}

/**
 * What is at the end of a frame, as `speaker * MOST_NUMBERS + number`; -1 if it
 * is nothing that was {@link spoken}, such as "somebody joined".
 *
 * The text stands at the end of the term that a chat sends, so the term need
 * not be decoded: at 100,000 of them a second that would be measured instead.
 */
export function heardIn(bytes: Uint8Array, start: number, end: number): number {
  const at = end - TAIL_BYTES;
  if (at < start || bytes[at] !== HASH || bytes[at + 6] !== SLASH) return -1;
  const speaker = digits(bytes, at + 1, at + 6);
  const number = digits(bytes, at + 7, end);
  return speaker < 0 || number < 0 ? -1 : speaker * MOST_NUMBERS + number;
}

function digits(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}
