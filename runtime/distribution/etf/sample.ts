/** A term in its three spellings. */
export interface Sample {
  readonly tag: string;
  /** The expression that makes it, if it is the same in every run. */
  readonly erlang?: string;
  /** What OTP 25 writes for it with `[{minor_version, 2}]`. */
  readonly hex: string;
  readonly term: unknown;
}
