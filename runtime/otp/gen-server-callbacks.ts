import type { ExitReason } from "../core/exit.ts";
import type { Fields, Step, Tag } from "../core/message.ts";
import type { Self } from "../core/self.ts";
import type {
  Calls,
  Casts,
  FieldsOf,
  From,
  Info,
  Protocol,
  ReplyOf,
} from "./protocol.ts";

/** What comes next: a time limit in ms, or more work before the next message. */
export type Action = number | "hibernate" | readonly ["continue", unknown];

type With<T extends readonly unknown[]> = T | readonly [...T, Action];

/** What `init` answers. */
export type InitResult<S> =
  | With<readonly ["ok", state: S]>
  | readonly ["stop", reason: ExitReason]
  | "ignore";

/** What everything but `init` and a call answers. */
export type InfoResult<S> =
  | With<readonly ["noreply", state: S]>
  | readonly ["stop", reason: ExitReason, state: S];

/** What a call answers; without a reply, `reply(from, …)` gives it later. */
export type CallResult<S, R> =
  | With<readonly ["reply", reply: R, state: S]>
  | InfoResult<S>
  | readonly ["stop", reason: ExitReason, reply: R, state: S];

type MaybeStep<T> = T | Step<T>;

/**
 * A generic server's callbacks: what Erlang's `gen_server` behaviour asks of a
 * module. Plain functions, or generator methods where they must suspend.
 *
 * `handleCall`, `handleCast` and `handleInfo` are tables of clauses by tag, as
 * a receive has them. Each gets the server's `self`, its state and the fields
 * of the request; a call's clause gets `from` behind them.
 *
 * @typeParam P what can be asked, see {@link Protocol}
 * @typeParam S the state
 * @typeParam A what `init` takes
 */
export interface GenServer<P extends Protocol, S, A extends unknown[] = []> {
  /** What the process is called in lists and reports. */
  readonly name?: string;
  init(self: Self<Info<P>>, ...args: A): MaybeStep<InitResult<S>>;
  readonly handleCall?: CallClauses<P, S>;
  readonly handleCast?: CastClauses<P, S>;
  readonly handleInfo?: InfoClauses<P, S>;
  handleContinue?(
    self: Self<Info<P>>,
    state: S,
    continuation: unknown,
  ): MaybeStep<InfoResult<S>>;
  /** Called when the server stops itself, and on a parent's exit if it traps. */
  terminate?(
    self: Self<Info<P>>,
    reason: ExitReason,
    state: S,
  ): MaybeStep<void>;
  /** Turns the state of an older version of this module into its own. */
  codeChange?(
    oldVersion: unknown,
    state: never,
    extra: unknown,
  ): readonly ["ok", state: S] | readonly ["error", reason: unknown];
  /** Which version the callbacks are, for {@link codeChange}. */
  readonly version?: unknown;
  /** What may be shown of the state in reports: no secrets, not too much. */
  formatStatus?(state: S): unknown;
}

export type CallClauses<P extends Protocol, S> = {
  readonly [K in keyof Calls<P> & string]: (
    self: Self<Info<P>>,
    state: S,
    ...rest: [
      ...fields: FieldsOf<Calls<P>, K>,
      from: From<ReplyOf<Calls<P>, K>>,
    ]
  ) => MaybeStep<CallResult<S, ReplyOf<Calls<P>, K>>>;
};

export type CastClauses<P extends Protocol, S> = {
  readonly [K in keyof Casts<P> & string]: (
    self: Self<Info<P>>,
    state: S,
    ...fields: FieldsOf<Casts<P>, K>
  ) => MaybeStep<InfoResult<S>>;
};

/** `_` takes what no other clause takes; `timeout` is the time limit's end. */
export type InfoClauses<P extends Protocol, S> = {
  readonly [T in Tag<Info<P>>]?: (
    self: Self<Info<P>>,
    state: S,
    ...fields: Fields<Info<P>, T>
  ) => MaybeStep<InfoResult<S>>;
} & {
  readonly timeout?: (
    self: Self<Info<P>>,
    state: S,
  ) => MaybeStep<InfoResult<S>>;
  readonly _?: (
    self: Self<Info<P>>,
    state: S,
    message: unknown,
  ) => MaybeStep<InfoResult<S>>;
};
