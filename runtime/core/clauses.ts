import type { Fields, Step, Tag } from "./message.ts";
import type { LocalRef, Ref } from "./ref.ts";

/** What is done with a matching message; its parameters are the tuple's rest. */
export type Clause<F extends readonly unknown[], R> = (
  ...fields: F extends unknown[] ? F : never
) => R | Step<R>;

/** A clause with a guard, made by {@link when}. */
export class Guarded<F extends readonly unknown[], R> {
  readonly test: (...fields: F extends unknown[] ? F : never) => boolean;
  readonly clause: Clause<F, R>;

  constructor(
    test: (...fields: F extends unknown[] ? F : never) => boolean,
    clause: Clause<F, R>,
  ) {
    this.test = test;
    this.clause = clause;
  }
}

type Alternative<F extends readonly unknown[], R> =
  | Clause<F, R>
  | Guarded<F, R>;

/**
 * The clauses of a selective receive, by tag. Several for one tag stand in an
 * array and are tried in order. `_` takes what no other clause takes.
 *
 * Where every microsecond counts, make clauses that are generators once and
 * not for each receive: V8 takes 2 µs to get a new one ready, 0.02 for others.
 */
export type Clauses<M, R> = {
  [T in Tag<M>]?:
    | Alternative<Fields<M, T>, R>
    | readonly Alternative<Fields<M, T>, R>[];
} & { _?: Alternative<[message: M], R> };

/** Clauses that all demand one reference, made by {@link matching}. */
export class Matching<M, R> {
  readonly ref: LocalRef;
  readonly clauses: Clauses<M, R>;

  constructor(ref: LocalRef, clauses: Clauses<M, R>) {
    this.ref = ref;
    this.clauses = clauses;
  }
}

/** The time limit of a receive, made by {@link after}. */
export class After<R> {
  readonly ms: number;
  readonly clause: (() => R | Step<R>) | undefined;

  constructor(ms: number, clause: (() => R | Step<R>) | undefined) {
    this.ms = ms;
    this.clause = clause;
  }
}

/**
 * A clause that matches only where `test` holds: Erlang's `when`. A test that
 * throws is a mistake and ends the process; in Erlang it would be false.
 *
 * The test has all parameters that the clause has, used or not, or TypeScript
 * does not know of what types they are: `when((r, _n) => …, (_r, n) => …)`.
 */
export function when<F extends unknown[], R>(
  test: (...fields: F) => boolean,
  clause: (...fields: F) => R | Step<R>,
): Guarded<F, R>;
// A clause may leave out parameters that its test has.
export function when<F extends unknown[], R>(
  test: (...fields: F) => boolean,
  clause: (...fields: NoInfer<F>) => R | Step<R>,
): Guarded<F, R>;
export function when<F extends unknown[], R>(
  test: (...fields: F) => boolean,
  clause: (...fields: F) => R | Step<R>,
): Guarded<F, R> {
  return new Guarded<F, R>(test as never, clause as never);
}

/**
 * Narrows a whole receive to messages whose first field is `ref`, as Erlang's
 * `receive {reply, Ref, V} -> …` does with a bound `Ref`.
 *
 * Messages older than the reference are not looked at, so a reply is found at
 * once however many messages wait.
 */
export function matching<M, R>(
  ref: Ref,
  clauses: Clauses<M, R>,
): Matching<M, R> {
  return new Matching<M, R>(ref as unknown as LocalRef, clauses);
}

/**
 * Ends a receive that nothing has matched for `ms` milliseconds. `0` looks
 * through the mailbox once; `Infinity` waits for ever, as `infinity` does.
 */
export function after(ms: number): After<undefined>;
export function after<R>(ms: number, clause: () => R | Step<R>): After<R>;
export function after<R>(ms: number, clause?: () => R | Step<R>): After<R> {
  return new After(ms, clause);
}

/** Any receive's clauses, once their types have done their work. */
export type AnyClauses = { readonly [tag: string]: unknown };
export type AnyClause = (...fields: unknown[]) => unknown;
