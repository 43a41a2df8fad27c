/** Every way in which connecting nodes can fail. */
export type DistributionErrorCode =
  /** A name that is not of the form `name@host`. */
  | "bad_node_name"
  /** The node takes part in a distribution already. */
  | "already_started"
  /** Nothing listens where the node should be, or nobody knows where that is. */
  | "unreachable"
  /** The other side does not keep to the protocol. */
  | "malformed"
  /** A packet that is larger than the limit. */
  | "too_large"
  /** The other side wants no connection: it says so, or has another cookie. */
  | "refused";

/** What went wrong between two nodes. No process ever sees one thrown. */
export class DistributionError extends Error {
  override readonly name = "DistributionError";
  readonly code: DistributionErrorCode;

  constructor(
    code: DistributionErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = code;
  }
}

/** The other side sent what no node sends; the connection ends. */
export function malformed(message: string): DistributionError {
  return new DistributionError("malformed", message);
}
