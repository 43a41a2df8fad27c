import type { ExitReason } from "#runtime";

/**
 * A reason as both languages can print it. Erlang has a stack beside an
 * error, and ours is an object; only what it says is compared.
 */
export function words(reason: ExitReason): string {
  if (reason instanceof Error) return reason.message;
  return Array.isArray(reason) ? reason.map(words).join(" ") : String(reason);
}
