import { isGenerator } from "./apply.ts";
import { badarg, RuntimeError } from "./errors.ts";
import { forgotten } from "./forgotten.ts";
import { format } from "./format.ts";
import type { LocalProcess } from "./process.ts";

/**
 * Refuses to spawn what is no function, as Erlang's `spawn/1` does. A name is
 * let through: in Erlang it is the new process that finds nothing behind it.
 */
export function checkBody(entry: unknown): void {
  if (typeof entry === "string") return;
  throw badarg(
    isGenerator(entry)
      ? "spawn: it got a body that has been called already. Give it the body " +
          "and its arguments: spawn(serve, socket), not spawn(serve(socket))."
      : `spawn: ${format(entry)} is no body. A function* is wanted, and what ` +
          "it is to be called with.",
  );
}

/**
 * Refuses a promise as the end of a body: what an async function does goes on
 * outside of any process, which nobody could stop.
 */
export function checkEnd(process: LocalProcess, value: unknown): void {
  const { then } = Object(value) as { then?: unknown };
  const isAsync = Symbol.asyncIterator in Object(value);
  if (typeof then !== "function" && !isAsync) return;
  throw new RuntimeError(
    "not_a_body",
    `${process.pid} (${process.label}) is an async function, and a process is ` +
      "a function*. Write function*, yield* where it waits for a message, and " +
      "yield* self.wait(promise) in place of await.",
  );
}

/** Refuses what a body has yielded: only `yield*` waits, runs and gives back. */
export function strayYield(process: LocalProcess, value: unknown): never {
  if (process.unresumed !== undefined) forgotten(process);
  const isStep = isGenerator(value);
  // The first letter of "ok", or the first field of ["error", why]: yield* has
  // taken an answer apart.
  const isAnswer =
    value === "error" || (typeof value === "string" && value.length === 1);
  throw new RuntimeError(
    "forgotten_yield",
    `${process.pid} (${process.label}) ` +
      (isStep
        ? "wrote yield before a body or a step, which does nothing with it. " +
          "Write yield*, with the star."
        : isAnswer
          ? "wrote yield* before something that gives its answer at once, as " +
            "setopts and controllingProcess do. Leave yield* off there."
          : `yielded ${format(value)}, which nobody takes. yield* stands before ` +
            "what waits, such as a receive, a call or another body; self.send, " +
            "a cast or a reply does not wait."),
  );
}
