import { isGenerator } from "../core/apply.ts";
import { classOf, Exit, reasonOf } from "../core/exit.ts";
import type { Step } from "../core/message.ts";
import { isExpected, report } from "./report.ts";
import { shownState } from "./status.ts";
import type { Debugged } from "./sys-requests.ts";

/** What a server's end needs to know of it. */
interface Ending extends Debugged {
  /** The message it was at, for the report. */
  readonly last: unknown;
}

/**
 * Stops a server: its `terminate`, then the report, then the end.
 *
 * @param thrown what a callback threw, to end with that and not a copy.
 * @param finish is called when all is tidied up, just before the end.
 */
export function* terminate(
  server: Ending,
  reason: unknown,
  thrown?: unknown,
  finish?: () => void,
): Step<never> {
  const { self, callbacks, state } = server;
  let why = reason;
  let end: unknown = thrown ?? new Exit(reason);
  try {
    const result = callbacks.terminate?.(self, reason, state as never);
    if (isGenerator(result)) yield* result as Step<void>;
  } catch (failure) {
    // An error in terminate hides the one it was called for, as in OTP.
    if (classOf(failure) !== "throw") {
      why = reasonOf(failure);
      end = failure;
    }
  }
  if (!isExpected(why)) reportEnd(server, why);
  finish?.();
  throw end;
}

function reportEnd(
  { self, callbacks, state, last }: Ending,
  reason: unknown,
): void {
  report(self, "error", "ERROR REPORT", [
    ["generic server terminating", callbacks.name ?? self.pid],
    ["last message in", last],
    ["when server state", shownState(callbacks, state)],
    ["reason for termination", reason],
  ]);
}
