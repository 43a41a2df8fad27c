/**
 * Every way the runtime can refuse a call. One entry per mistake a caller can
 * make; Erlang's own words where Erlang has one.
 */
export type RuntimeErrorCode =
  /** An argument of the wrong kind: no such name, not a pid, a name taken. */
  | "badarg"
  /** A link to a process that does not exist. */
  | "noproc"
  /** A time limit that is negative, not whole, or too large. */
  | "timeout_value"
  | "no_clauses"
  /** A suspending call such as `self.receive()` without its `yield*`. */
  | "forgotten_yield"
  /** A process made of something else than a function*. */
  | "not_a_body"
  | "function_clause"
  /** A node name that is already in use in this JavaScript realm. */
  | "node_name_taken";

/**
 * A mistake in how the runtime was used.
 *
 * `code` is for programs and tests; `message` is for the person who reads the
 * terminal and says what happened, to whom, and what to do next.
 */
export class RuntimeError extends Error {
  override readonly name = "RuntimeError";
  readonly code: RuntimeErrorCode;

  constructor(code: RuntimeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Erlang's `badarg`: the argument is not of a kind this call can use. */
export function badarg(message: string): RuntimeError {
  return new RuntimeError("badarg", message);
}
