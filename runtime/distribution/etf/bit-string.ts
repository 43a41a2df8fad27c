/**
 * A bit string whose bits do not fill its last byte: `<<5:3>>`.
 *
 * `lastBits` (1 to 7) is how many bits of the last byte count; they are its
 * high ones.
 */
export class BitString {
  readonly bytes: Uint8Array;
  readonly lastBits: number;

  constructor(bytes: Uint8Array, lastBits: number) {
    if (!(lastBits >= 1 && lastBits <= 7 && bytes.length > 0)) {
      throw new RangeError(
        `A bit string needs at least one byte and 1 to 7 bits in its last, ` +
          `not ${bytes.length} bytes and ${lastBits} bits; whole bytes are ` +
          `a Uint8Array.`,
      );
    }
    this.bytes = bytes;
    this.lastBits = lastBits;
  }
}
