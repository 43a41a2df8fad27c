import { isGenerator } from "../core/apply.ts";
import { RuntimeError } from "../core/errors.ts";
import { classOf, Exit, reasonOf } from "../core/exit.ts";
import { format } from "../core/format.ts";
import { type Step, tagOf } from "../core/message.ts";
import { isExpected, report } from "./report.ts";
import type { Debugged } from "./sys.ts";

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
  try {
    const result = callbacks.terminate?.(self, reason, state as never);
    if (isGenerator(result)) yield* result as Step<void>;
  } catch (failure) {
    // An error in terminate hides the one it was called for, as in OTP.
    if (classOf(failure) !== "throw") why = reasonOf(failure);
  }
  if (!isExpected(why)) reportEnd(server, why);
  finish?.();
  throw why === reason && thrown !== undefined ? thrown : new Exit(why);
}

function reportEnd(
  { self, callbacks, state, last }: Ending,
  reason: unknown,
): void {
  let shown: unknown = state;
  try {
    shown = callbacks.formatStatus?.(state as never) ?? state;
  } catch {
    // What could not be formatted may be a secret: better not to show it.
    shown = "formatStatus crashed";
  }
  report(self, "error", "ERROR REPORT", [
    ["generic server terminating", callbacks.name ?? self.pid],
    ["last message in", last],
    ["when server state", shown],
    ["reason for termination", reason],
  ]);
}

/** The error of a message that no clause takes. */
export function noClause(
  name: string | undefined,
  table: string,
  message: unknown,
): RuntimeError {
  const asked =
    table === "handleInfo" ? message : (message as unknown[]).at(-1);
  const tag = tagOf(asked) ?? format(asked);
  return new RuntimeError(
    "function_clause",
    `${name ?? "a server"}: no clause of ${table} takes "${tag}". Add one, or send what it takes.`,
  );
}
