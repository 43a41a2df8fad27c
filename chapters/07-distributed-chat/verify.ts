import { Exit, genServer, type Self, type Step } from "#runtime";
import type { Validation, Verdict } from "./validator.ts";

/** How long the validator may think. Without a limit: for ever. */
const LIMIT_MS = 5_000;

// #region verify
/** No verdict, and what is known of why. */
export type Unknown = readonly ["unknown", why: Why];
export type Why = "no node" | "no server" | "no answer" | "it crashed";

/** Asks the validator, wherever it is, and tells the failures apart. */
export function* verify<M>(
  self: Self<M>,
  node: string,
  name: string | Uint8Array,
  limitMs = LIMIT_MS,
): Step<Verdict | Unknown> {
  const request = ["verify", name] as const;
  try {
    return yield* genServer.call<Validation, typeof request>(
      self,
      ["validator", node],
      request,
      limitMs,
    );
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    const [reason] = error.reason as readonly unknown[];
    return ["unknown", meaning(reason)];
  }
}

function meaning(reason: unknown): Why {
  if (Array.isArray(reason) && reason[0] === "nodedown") return "no node";
  if (reason === "noproc") return "no server";
  return reason === "timeout" ? "no answer" : "it crashed";
}
// #endregion

// #region answer
export type Answer =
  | readonly ["ok", name: string]
  | readonly ["auth_failed", why: string]
  | readonly ["try_again"]
  | readonly ["server_error"];

/** What the client is told. */
export function* answerFor<M>(
  self: Self<M>,
  node: string,
  name: string | Uint8Array,
): Step<Answer> {
  let answer = yield* verify(self, node, name);
  // A connection that was lost is made anew by the next use of the name.
  if (answer[1] === "no node") answer = yield* verify(self, node, name);
  const [kind, detail] = answer;
  if (kind === "ok") return ["ok", detail];
  if (kind === "error") return ["auth_failed", detail];
  // It restarts, or it is busy. But what made it crash will do so again.
  const willPass = detail === "no server" || detail === "no answer";
  return willPass ? ["try_again"] : ["server_error"];
}
// #endregion
