import { type Runtime, Session } from "node:inspector";

/** What an expression came to. */
export type Outcome =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "thrown"; readonly thrown: unknown };

/** Node 20 says what happened; later versions only that it went wrong. */
const STOPPED = /was terminated|error -32603/;

/** It was stopped; nothing else could have stopped it, Ctrl+C included. */
class EndlessLoop extends Error {
  override readonly name = "EndlessLoop";
  constructor(limitMs: number) {
    super(`stopped after ${limitMs} ms, in which nobody else could run`);
  }
}

/**
 * Evaluates JavaScript at the top level of this program, as the console of a
 * browser does: `await` may stand anywhere, and `const` may be said again.
 * V8 offers that to its inspector only, so the program inspects itself.
 */
export class Evaluator {
  readonly #session = new Session();

  readonly #limitMs: number;

  /** @param limitMs how long an expression may keep others from running. */
  constructor(limitMs = 5_000) {
    this.#limitMs = limitMs;
    this.#session.connect();
  }

  evaluate(expression: string): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      // replMode and timeout are younger than the types of Node 20.
      const parameters = {
        expression,
        replMode: true,
        timeout: this.#limitMs,
      } as never;
      type Answer = Runtime.EvaluateReturnType;
      const done = (failure: Error | null, answer: Answer) => {
        if (failure && STOPPED.test(failure.message)) {
          const thrown = new EndlessLoop(this.#limitMs);
          return resolve({ kind: "thrown", thrown });
        }
        if (failure) return reject(failure);
        const exception = answer.exceptionDetails?.exception;
        const real = this.#real(exception ?? answer.result);
        resolve(
          exception
            ? { kind: "thrown", thrown: real }
            : { kind: "value", value: real },
        );
      };
      this.#session.post("Runtime.evaluate", parameters, done);
    });
  }

  /** The value behind the inspector's description of it. */
  #real(remote: Runtime.RemoteObject): unknown {
    if (remote.type === "undefined") return undefined;
    const { objectId, unserializableValue } = remote;
    if (objectId === undefined && unserializableValue === undefined) {
      return remote.value;
    }
    const key = Symbol.for("let-it-crash.shell.value");
    const holder = globalThis as unknown as Record<symbol, unknown>;
    this.#session.post(
      "Runtime.evaluate",
      {
        expression: `globalThis[Symbol.for("${key.description}")] = []`,
      },
      (_failure, { result }) => {
        this.#session.post("Runtime.callFunctionOn", {
          functionDeclaration: "function (value) { this[0] = value; }",
          objectId: result.objectId as string,
          arguments: [
            objectId !== undefined
              ? { objectId }
              : { unserializableValue: unserializableValue as string },
          ],
        });
      },
    );
    const [value] = holder[key] as [unknown];
    delete holder[key];
    if (objectId) this.#session.post("Runtime.releaseObject", { objectId });
    return value;
  }
}
