/** What a node tells EPMD about itself, and what others are told. */
export interface Registration {
  /** The name before the `@`; unique on the machine. */
  readonly name: string;
  /** Where the node listens for other nodes. */
  readonly port: number;
  /** A hidden node is found by name like any other; it only says what it is. */
  readonly hidden: boolean;
  /** The highest version of the distribution protocol that the node speaks. */
  readonly highestVersion: number;
  readonly lowestVersion: number;
  /** For future use in Erlang's manual; empty with every node there is. */
  readonly extra: Uint8Array;
}

/** The longest name and the longest extra field, in bytes, as in OTP's epmd. */
export const LONGEST_FIELD = 255;

/**
 * The version of the distribution protocol that is spoken here, and the only
 * one. (OTP 25 still announces 5 as its lowest, and no longer speaks it.)
 */
export const DISTRIBUTION_VERSION = 6;

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The name that these bytes spell, or `undefined` if they spell none. */
export function nameFrom(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0 || bytes.length > LONGEST_FIELD) return undefined;
  // A line break would let a name write lines of its own into the list of names.
  if (bytes.some((byte) => byte === 0 || byte === 10)) return undefined;
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}
