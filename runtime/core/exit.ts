import { format } from "./format.ts";

/**
 * Why a process ended. Any value will do; these have a meaning of their own:
 *
 * - `"normal"`: it had nothing left to do. Linked processes are not hurt.
 * - `"shutdown"` and `["shutdown", details]`: it was asked to stop.
 * - `"killed"`: somebody sent it the untrappable `"kill"`.
 * - an `Error`: it threw one. Erlang has `{Reason, Stack}` here.
 * - `["nocatch", value]`: it threw something else and nobody caught it.
 * - `"noproc"`: there was no such process. `"noconnection"`: no such node.
 */
export type ExitReason = unknown;

/**
 * The exception that {@link Self.exit} throws: Erlang's class `exit`.
 *
 * Not an `Error`, because it is none: a process that exits has decided to.
 * `catch (caught) { if (caught instanceof Exit) … }` is `catch exit:Reason`.
 */
export class Exit {
  readonly reason: ExitReason;

  constructor(reason: ExitReason) {
    this.reason = reason;
  }

  toString(): string {
    return `Exit(${format(this.reason)})`;
  }
}

/** Erlang's three classes of exception, and no other. */
export type ExceptionClass = "throw" | "error" | "exit";

/**
 * The class of a caught value, as in Erlang's `catch Class:Reason`: an
 * {@link Exit} is an `"exit"`, an `Error` is an `"error"`, and anything else
 * that was thrown is a `"throw"`.
 */
export function classOf(caught: unknown): ExceptionClass {
  if (caught instanceof Exit) return "exit";
  return caught instanceof Error ? "error" : "throw";
}

/** The exit reason of a process whose body threw `thrown` and did not catch it. */
export function reasonOf(thrown: unknown): ExitReason {
  switch (classOf(thrown)) {
    case "exit":
      return (thrown as Exit).reason;
    case "error":
      return thrown;
    case "throw":
      return ["nocatch", thrown];
  }
}

/** What an exit signal does to the process it arrives at. */
export type Effect = "ignore" | "message" | "exit";

/**
 * Decides what an exit signal does, as in the manual's "Receiving Exit
 * Signals" (Erlang Reference Manual, Processes).
 *
 * @param sentTo `"self"` when the process signals itself with `sendExit`,
 * `"other"` when somebody else does, `"link"` when the signal comes over a
 * link. Only `sendExit` can say `"kill"` and mean it: over a link it is a
 * reason like any other.
 */
export function effectOf(
  reason: ExitReason,
  trapping: boolean,
  sentTo: "self" | "other" | "link",
): Effect {
  if (reason === "kill" && sentTo !== "link") return "exit";
  if (trapping) return "message";
  // exit(self(), normal) is the one irregularity: it does end the caller.
  if (reason === "normal" && sentTo !== "self") return "ignore";
  return "exit";
}
