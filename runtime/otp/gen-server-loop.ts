import { isGenerator } from "../core/apply.ts";
import { after } from "../core/clauses.ts";
import { RuntimeError } from "../core/errors.ts";
import { classOf, Exit, reasonOf } from "../core/exit.ts";
import { type Process, type Step, tagOf } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Self } from "../core/self.ts";
import { reply } from "./gen-call.ts";
import type { Action, GenServer } from "./gen-server-callbacks.ts";
import type { From, Protocol } from "./protocol.ts";
import { isExpected, report } from "./report.ts";
import { type Debugged, handleSystem } from "./sys.ts";

type Callbacks = GenServer<Protocol, unknown, never[]>;
type Clause = (...args: unknown[]) => unknown;
type Table = Readonly<Record<string, Clause | undefined>>;
type Result = readonly unknown[];

/** A server's loop: its callbacks, its state, and what comes next. */
export class Loop implements Debugged {
  readonly self: Self<never>;
  readonly parent: Pid | undefined;
  callbacks: Callbacks;
  state: unknown;
  #action: Action | undefined;
  #last: unknown;

  constructor(
    self: Self<never>,
    parent: Pid | undefined,
    callbacks: Callbacks,
    state: unknown,
    action: Action | undefined,
  ) {
    this.self = self;
    this.parent = parent;
    this.callbacks = callbacks;
    this.state = state;
    this.#action = action;
  }

  *run(): Process {
    for (;;) {
      const action = this.#action;
      this.#action = undefined;
      if (Array.isArray(action)) {
        const [, continuation] = action;
        yield* this.#handle(this.callbacks.handleContinue as Clause, [
          continuation,
        ]);
        continue;
      }
      // Asked for by reference, not by closure: this line runs per message.
      const message =
        typeof action === "number"
          ? yield* this.self.receive(
              { _: (any: unknown) => any } as never,
              after(action, () => "timeout"),
            )
          : yield* this.self.receive();
      yield* this.#take(message);
    }
  }

  *#take(message: unknown): Step<void> {
    this.#last = message;
    const { handleCall, handleCast, handleInfo } = this.callbacks;
    switch (tagOf(message)) {
      case "$gen_call": {
        const [, from, request] = message as [string, From, unknown];
        const clause = clauseOf(handleCall as Table, request);
        if (!clause) return yield* this.#unmatched("handleCall", request);
        return yield* this.#handle(clause, [...fieldsOf(request), from], from);
      }
      case "$gen_cast": {
        const [, request] = message as [string, unknown];
        const clause = clauseOf(handleCast as Table, request);
        if (!clause) return yield* this.#unmatched("handleCast", request);
        return yield* this.#handle(clause, fieldsOf(request));
      }
      case "EXIT": {
        const [, from, reason] = message as [string, Pid, unknown];
        // The parent's end is the server's; with anybody else's it may live.
        if (from === this.parent) return yield* this.terminate(reason);
        break;
      }
      case "$system":
        return yield* handleSystem(this, message as never);
    }
    const table = handleInfo as Table | undefined;
    if (!table) {
      return report(this.self, "warning", "WARNING REPORT", [
        ["undefined handleInfo in", this.callbacks.name ?? "a server"],
        ["unhandled message", message],
      ]);
    }
    const clause = clauseOf(table, message);
    if (clause) return yield* this.#handle(clause, fieldsOf(message));
    if (!table._) return yield* this.#unmatched("handleInfo", message);
    return yield* this.#handle(table._, [message]);
  }

  /** Calls a callback and does what it answers. */
  *#handle(clause: Clause, args: readonly unknown[], from?: From): Step<void> {
    let result: unknown;
    try {
      result = clause(this.self, this.state, ...args);
      if (isGenerator(result)) result = yield* result as Step<unknown>;
    } catch (thrown) {
      // In Erlang a thrown term counts as the callback's value.
      if (classOf(thrown) !== "throw") {
        return yield* this.terminate(reasonOf(thrown), thrown);
      }
      result = thrown;
    }
    yield* this.#obey(result, from);
  }

  *#obey(result: unknown, from: From | undefined): Step<void> {
    const answer = (Array.isArray(result) ? result : []) as Result;
    switch (answer[0]) {
      case "noreply":
        this.state = answer[1];
        this.#action = answer[2] as Action | undefined;
        return;
      case "reply":
        if (!from || answer.length < 3) break;
        reply(this.self, from, answer[1]);
        this.state = answer[2];
        this.#action = answer[3] as Action | undefined;
        return;
      case "stop":
        if (answer.length === 3) {
          this.state = answer[2];
          return yield* this.terminate(answer[1]);
        }
        if (!from || answer.length !== 4) break;
        this.state = answer[3];
        // OTP replies after terminate, so that the caller finds all tidied up.
        return yield* this.terminate(answer[1], undefined, () =>
          reply(this.self, from, answer[2]),
        );
    }
    yield* this.terminate(["bad_return_value", result]);
  }

  #unmatched(callback: string, message: unknown): Step<void> {
    const { name = "a server" } = this.callbacks;
    const tag = tagOf(message) ?? String(message);
    const error = new RuntimeError(
      "function_clause",
      `${name}: no clause of ${callback} takes "${tag}". Add one, or send what it takes.`,
    );
    return this.terminate(error, error);
  }

  /** Stops: the last callback, then the report, then the end. */
  *terminate(
    reason: unknown,
    thrown?: unknown,
    last?: () => void,
  ): Step<never> {
    let why = reason;
    try {
      const result = this.callbacks.terminate?.(
        this.self,
        reason,
        this.state as never,
      );
      if (isGenerator(result)) yield* result as Step<void>;
    } catch (failure) {
      if (classOf(failure) !== "throw") why = reasonOf(failure);
    }
    if (!isExpected(why)) this.#reportEnd(why);
    last?.();
    throw why === reason && thrown !== undefined ? thrown : new Exit(why);
  }

  #reportEnd(reason: unknown): void {
    const { callbacks, state } = this;
    report(this.self, "error", "ERROR REPORT", [
      ["generic server terminating", callbacks.name ?? this.self.pid],
      ["last message in", this.#last],
      ["when server state", callbacks.formatStatus?.(state as never) ?? state],
      ["reason for termination", reason],
    ]);
  }
}

function clauseOf(table: Table | undefined, message: unknown) {
  const tag = tagOf(message);
  if (tag === undefined || tag === "_" || !table) return undefined;
  return Object.hasOwn(table, tag) ? table[tag] : undefined;
}

function fieldsOf(message: unknown): readonly unknown[] {
  return typeof message === "string" ? [] : (message as unknown[]).slice(1);
}
