import { classOf, type Exit } from "../core/exit.ts";
import type { Process, Step } from "../core/message.ts";
import type { Self } from "../core/self.ts";
import { atom, list, tuple } from "./etf/index.ts";
import { errorTerm } from "./exit-term.ts";

/**
 * A function that other nodes may call. It runs in a process of its own,
 * whose `self` it gets; as a generator function it may wait.
 */
// biome-ignore lint/suspicious/noExplicitAny: what arrives is anybody's choice.
export type RemoteFunction = (self: Self<any>, ...args: any[]) => unknown;

/**
 * The functions that other nodes may call, by module and name:
 * `{ lists: { sum: (_self, numbers) => … } }`. In Erlang a connected node may
 * call everything, the shell included; here nothing that is not listed.
 */
export type Allowed = Readonly<
  Record<string, Readonly<Record<string, RemoteFunction>>>
>;

/** How a call ended: Erlang's classes, and `return`. */
export type CallOutcome =
  | readonly ["return" | "throw", value: unknown]
  | readonly ["exit", reason: unknown]
  | readonly ["error", reason: unknown, stack: readonly unknown[]];

/** The function, if others may call it; nothing that it inherits counts. */
export function allowedFunction(
  allowed: Allowed,
  module: string,
  name: string,
): RemoteFunction | undefined {
  if (!Object.hasOwn(allowed, module)) return undefined;
  const functions = allowed[module];
  if (functions === undefined || !Object.hasOwn(functions, name)) return;
  return functions[name];
}

/** Calls it in the process `self`, and tells how that went. */
export function* callAllowed(
  self: Self<never>,
  allowed: Allowed,
  module: string,
  name: string,
  args: readonly unknown[],
): Step<CallOutcome> {
  const called = allowedFunction(allowed, module, name);
  if (called === undefined) {
    const stack = [tuple(atom(module), atom(name), list(...args), [])];
    return ["error", atom("undef"), stack];
  }
  try {
    return ["return", yield* resultOf(self, called(self as never, ...args))];
  } catch (caught) {
    switch (classOf(caught)) {
      case "throw":
        return ["throw", caught];
      case "exit":
        return ["exit", (caught as Exit).reason];
      case "error":
        return ["error", errorTerm(caught as Error), []];
    }
  }
}

/** What a plain function gave, what a generator comes to, what was promised. */
function* resultOf(self: Self<never>, given: unknown): Step<unknown> {
  if (typeof given !== "object" || given === null) return given;
  if (Symbol.iterator in given && "throw" in given) {
    return yield* given as unknown as Process;
  }
  if ("then" in given) {
    return yield* self.wait(given as PromiseLike<unknown>);
  }
  return given;
}
