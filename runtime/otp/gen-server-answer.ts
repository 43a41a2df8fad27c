import type { LocalProcess } from "../core/process.ts";
import type { Self } from "../core/self.ts";
import type { Action } from "./gen-server-callbacks.ts";

/** Whether a callback's answer has so many words, and perhaps an action. */
export function isAnswer(answer: readonly unknown[], words: number): boolean {
  return (
    answer.length === words ||
    (answer.length === words + 1 && isAction(answer[words]))
  );
}

/** What may come last in an answer. None at all is `undefined` as well. */
function isAction(action: unknown): action is Action | undefined {
  if (typeof action === "number") return action >= 0;
  if (Array.isArray(action)) {
    return action[0] === "continue" && action.length === 2;
  }
  return action === undefined || action === "hibernate";
}

/**
 * Whether a signal has ended the process already. What a callback throws then
 * is only its way out, and neither `terminate` nor a report follows.
 */
export function isEnded(self: Self<never>): boolean {
  return (self as unknown as LocalProcess).pendingExit !== undefined;
}
