import { Exit, type ExitReason } from "../core/exit.ts";
import type { Step } from "../core/message.ts";
import type { StartResult } from "./start-result.ts";

/** The pid of a process that has started; exits with the result otherwise. */
export function ok<P>(result: StartResult<P>): P {
  if (result !== "ignore" && result[0] === "ok") return result[1];
  throw new Exit(["badmatch", result]);
}

/** Runs a step; an exit becomes a value, as Erlang's `catch` makes it one. */
export function* outcome<T>(
  step: Step<T>,
): Step<T | readonly ["EXIT", reason: ExitReason]> {
  try {
    return yield* step;
  } catch (caught) {
    if (caught instanceof Exit) return ["EXIT", caught.reason];
    throw caught;
  }
}
