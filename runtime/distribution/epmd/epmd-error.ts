/** Why EPMD could not be asked, or said no. */
export type EpmdErrorCode =
  /** Nobody answers on the port: no daemon runs there. */
  | "econnrefused"
  /** Another node on this machine has the name. */
  | "duplicate_name"
  /** It took the connection and gave no answer in time. */
  | "timeout"
  /** It closed the connection in the middle of its answer. */
  | "closed"
  /** Something answers that is no EPMD. */
  | "garbage_from_epmd"
  /** The name cannot be one: empty, too long, or with a line break in it. */
  | "bad_name"
  /** This program may not listen on the port, or somebody else does. */
  | "cannot_listen";

/** A question to EPMD, or an attempt to be EPMD, that came to nothing. */
export class EpmdError extends Error {
  override readonly name = "EpmdError";
  readonly code: EpmdErrorCode;

  constructor(code: EpmdErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
