import type { AnswerScript } from "./bundle-answer.ts";
import { placeIn, written } from "./place.ts";

/** A body of an answer that was called, and the stack of the call. */
interface Call {
  readonly name: string;
  readonly error: Error;
}

/**
 * The bodies of an answer that were called and never run. Marked answers (see
 * mark-bodies.ts) tell it through two global functions.
 */
export class UnrunBodies {
  readonly #calls = new Set<Call>();

  /** Lets marked answers find it. */
  listen(): void {
    Object.assign(globalThis, {
      bodyCalled: (name: string) => this.#called(name),
      // Or an argument too many, which stands in the place of the call.
      bodyRun: (call: Call) => void this.#calls.delete(call),
    });
  }

  forget(): void {
    this.#calls.clear();
  }

  /**
   * The first call that leads nowhere, in words. The answer's text takes part,
   * for a call alone does not tell: in `return pong(self)` it may only be
   * waiting for its turn.
   */
  first({ file, text }: AnswerScript): string | undefined {
    const lines = text.split("\n");
    for (const { name, error } of this.#calls) {
      const [frame = ""] = (error.stack ?? "").split("\n").slice(4);
      const place = placeIn(file, frame);
      if (!place) continue;
      const line = lines[place.line - 1] ?? "";
      const before = line.slice(0, place.column - 1);
      if (!leadsOn(before)) return says(written(file, place), name, before);
    }
    return undefined;
  }

  #called(name: string): Call {
    const limit = Error.stackTraceLimit;
    // Here, the global function, the body, and who called that.
    Error.stackTraceLimit = 4;
    const call = { name, error: new Error() };
    Error.stackTraceLimit = limit;
    this.#calls.add(call);
    return call;
  }
}

/** Whether a call behind this text is given on, so that somebody may run it. */
function leadsOn(before: string): boolean {
  return /(?:\breturn|\byield\*|=>|[?:]|&&|\|\|)\s*\(?\s*$/.test(before);
}

function says(at: string, name: string, before: string): string {
  const call = `${name || "A body"}(…)`;
  if (/\b(?:spawn\w*|simulate)\(\s*$/.test(before)) {
    return `${at}: ${call} is called here, and what spawn wants is the body itself and its arguments: spawn(${name}, …).`;
  }
  return `${at}: ${call} is called here, and nobody runs it. A function* that is called has not begun; it waits to be run. To run it and come back, write yield* ${call}. To go on with it as the last thing that is done here, write return ${call}.`;
}
