import { format } from "../core/format.ts";

/** Erlang's `error:{erpc, Code}`, and `error:{exception, Reason, Stack}`. */
export type ErpcErrorCode = "noconnection" | "timeout" | "undef" | "exception";

/** Why a call on another node has no value. */
export class ErpcError extends Error {
  override readonly name = "ErpcError";
  readonly code: ErpcErrorCode;
  /** What the function failed with, and where, as that node tells it. */
  readonly reason: unknown;
  readonly remoteStack: unknown;

  constructor(
    code: ErpcErrorCode,
    message: string,
    reason?: unknown,
    remoteStack?: unknown,
  ) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.remoteStack = remoteStack;
  }

  static from(what: string, reason: unknown, stack: unknown): ErpcError {
    return reason === "undef"
      ? new ErpcError(
          "undef",
          `There is no ${what}, or it may not be called: list it in "allow" there.`,
          reason,
          stack,
        )
      : new ErpcError(
          "exception",
          `${what} failed with ${format(reason)}.`,
          reason,
          stack,
        );
  }
}
