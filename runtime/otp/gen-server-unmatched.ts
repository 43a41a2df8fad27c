import { RuntimeError } from "../core/errors.ts";
import { format } from "../core/format.ts";
import { tagOf } from "../core/message.ts";
import type { Self } from "../core/self.ts";
import { report } from "./report.ts";

/** The error of a message that no clause takes. */
export function noClause(
  callbacks: { readonly name?: string | undefined },
  table: string,
  message: unknown,
): RuntimeError {
  const { name } = callbacks;
  if (typeof (callbacks as Record<string, unknown>)[table] === "function") {
    return new RuntimeError(
      "function_clause",
      `${name ?? "a server"}: ${table} is a function. An object of clauses is wanted, one for each tag.`,
    );
  }
  const asked =
    table === "handleInfo" ? message : (message as unknown[]).at(-1);
  const tag = tagOf(asked) ?? format(asked);
  return new RuntimeError(
    "function_clause",
    `${name ?? "a server"}: no clause of ${table} takes "${tag}". Add one, or send what it takes.`,
  );
}

/** What stands in for a `handleContinue` that is missing. */
export function noContinue(name: string | undefined): () => never {
  return () => {
    throw new RuntimeError(
      "function_clause",
      `${name ?? "a server"} answered ["continue", …] and has no ` +
        "handleContinue. Add one, or leave the continue out.",
    );
  };
}

/** A server without `handleInfo` says what came, and goes on. */
export function noInfo(
  self: Self<never>,
  name: string | undefined,
  message: unknown,
): undefined {
  report(self, "warning", "WARNING REPORT", [
    ["undefined handleInfo in", name ?? "a server"],
    ["unhandled message", message],
  ]);
  return undefined;
}
