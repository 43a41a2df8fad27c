import type { AnyClause } from "./clauses.ts";
import type { Process, Suspend } from "./message.ts";
import type { LocalProcess } from "./process.ts";
import { attempt } from "./receive.ts";
import { done } from "./step.ts";

/** Whoever runs a generator clause: the process, or a receive inside another. */
export interface Holder {
  delegate: Process | undefined;
}

/** A receive inside a generator clause. It cannot be the process itself, which
 * is busy being the iterator of the outer one. */
export class Nested implements Holder {
  delegate: Process | undefined = undefined;
  readonly #process: LocalProcess;
  readonly #depth: number;

  constructor(process: LocalProcess, depth: number) {
    this.#process = process;
    this.#depth = depth;
  }

  [Symbol.iterator]() {
    this.#process.unresumed = undefined;
    return this;
  }

  next(): IteratorResult<Suspend, unknown> {
    return this.delegate === undefined
      ? attempt(this.#process, this, this.#depth)
      : resumeDelegate(this.#process, this, this.#depth);
  }
}

/** Calls a clause. A generator method is run as part of the receive. */
export function apply(
  process: LocalProcess,
  holder: Holder,
  depth: number,
  clause: AnyClause,
  message: unknown,
): IteratorResult<Suspend, unknown> {
  const value = call(clause, message);
  // Most clauses are plain functions, and a generator they return is a value.
  if (isGeneratorFunction(clause)) {
    holder.delegate = value as Process;
    return resumeDelegate(process, holder, depth);
  }
  return done(value);
}

/** Goes on with the generator clause that `holder` runs. */
export function resumeDelegate(
  process: LocalProcess,
  holder: Holder,
  depth: number,
): IteratorResult<Suspend, unknown> {
  const outer = process.depth;
  process.depth = depth + 1;
  try {
    const step = (holder.delegate as Process).next();
    if (!step.done) return step;
    holder.delegate = undefined;
    return done(step.value);
  } catch (thrown) {
    holder.delegate = undefined;
    throw thrown;
  } finally {
    process.depth = outer;
  }
}

/** Without a spread: a clause of few parameters is called as it would be by hand. */
export function call(clause: AnyClause, message: unknown): unknown {
  // A tag alone; or what `_` takes, which knows its message already.
  if (!Array.isArray(message)) return clause();
  const m: unknown[] = message;
  switch (m.length) {
    case 1:
      return clause();
    case 2:
      return clause(m[1]);
    case 3:
      return clause(m[1], m[2]);
    case 4:
      return clause(m[1], m[2], m[3]);
    case 5:
      return clause(m[1], m[2], m[3], m[4]);
    default:
      return clause(...m.slice(1));
  }
}

export function isGenerator(value: unknown): value is Process {
  // Asked at every tail call: nothing first, for most bodies end with that.
  if (value === undefined || value === null) return false;
  // A callback's answer is an array, and to look for what it lacks is dear.
  if (typeof value !== "object" || Array.isArray(value)) return false;
  const { next } = value as { next?: unknown };
  return typeof next === "function" && Symbol.iterator in value;
}

const generatorFunction = Object.getPrototypeOf(function* () {});

/** Whether a clause is to be run as part of the receive. */
export function isGeneratorFunction(value: AnyClause): boolean {
  // Arrows and methods have no prototype of their own, and are most clauses.
  if (value.prototype === undefined) return false;
  return Object.getPrototypeOf(value) === generatorFunction;
}
