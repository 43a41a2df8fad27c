import type { ExitReason } from "#runtime";

/**
 * A reason as both languages can print it. Erlang has a stack beside an
 * error, and ours is an object; what it says is not compared.
 */
export function words(reason: ExitReason): string {
  if (reason instanceof Error) {
    return "code" in reason ? `error ${reason.code}` : "the error";
  }
  return Array.isArray(reason) ? reason.map(words).join(" ") : String(reason);
}
