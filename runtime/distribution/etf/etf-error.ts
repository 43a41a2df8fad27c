/** Every way the codec can refuse bytes or a value. */
export type EtfErrorCode =
  /** The bytes end before the term does, or a length says more than is there. */
  | "truncated"
  /** The first byte is not 131, the version of the format. */
  | "bad_version"
  /** A tag that OTP 25 does not send, or not in this place. */
  | "bad_tag"
  /** A reference to an atom cache, which these nodes never agree to use. */
  | "atom_cache"
  /** An atom that is not UTF-8, or longer than 255 characters. */
  | "bad_atom"
  /** A float that is not a finite number. */
  | "bad_float"
  /** A bit string, reference or fun whose parts contradict each other. */
  | "bad_length"
  /** A map that has the same key twice. */
  | "duplicate_key"
  /** Bytes after the end of the term. */
  | "trailing_bytes"
  /** More levels of nesting than the limit; cyclic values end here too. */
  | "too_deep"
  /** An integer or a compressed term beyond the limit. */
  | "too_large"
  /** A compressed term that zlib refuses, or of another size than it says. */
  | "bad_compressed"
  /** A value that Erlang has no term for. */
  | "unencodable";

/**
 * Bytes that are not a term, or a value that cannot become one.
 *
 * `offset` is where in the bytes read, or written so far, the trouble is. In
 * a compressed term it counts from the start of the inflated bytes.
 */
export class EtfError extends Error {
  override readonly name = "EtfError";
  readonly code: EtfErrorCode;
  readonly offset: number;

  constructor(
    code: EtfErrorCode,
    offset: number,
    message: string,
    options?: ErrorOptions,
  ) {
    super(`${message} (at byte ${offset})`, options);
    this.code = code;
    this.offset = offset;
  }
}
