import type { ExitReason } from "../core/exit.ts";
import type { Step } from "../core/message.ts";
import type { Self } from "../core/self.ts";
import type {
  CallResult,
  GenServer,
  InfoResult,
  InitResult,
} from "./gen-server-callbacks.ts";
import type { From, Server } from "./protocol.ts";

/** The state of a scripted server: whatever a test likes. */
export type State = unknown;
type It = Self<unknown>;
type MaybeStep<T> = T | Step<T>;

/** One call, one cast, and any other message. */
export interface Scripted {
  readonly call: { ask(what: unknown): unknown };
  readonly cast: { tell(what: unknown): void };
  readonly info: unknown;
}
export type ScriptedServer = Server<Scripted>;

/** What a scripted server does where it is to do anything but echo. */
export interface Script {
  readonly init?: ((self: It) => MaybeStep<InitResult<State>>) | undefined;
  readonly call?:
    | ((
        self: It,
        what: unknown,
        from: From,
        state: State,
      ) => MaybeStep<CallResult<State, unknown>>)
    | undefined;
  readonly cast?:
    | ((self: It, what: unknown, state: State) => MaybeStep<InfoResult<State>>)
    | undefined;
  readonly info?:
    | ((self: It, what: unknown, state: State) => MaybeStep<InfoResult<State>>)
    | undefined;
  readonly more?:
    | ((self: It, what: unknown, state: State) => MaybeStep<InfoResult<State>>)
    | undefined;
  readonly end?:
    | ((self: It, reason: ExitReason, state: State) => MaybeStep<void>)
    | undefined;
}

/**
 * The server of the experiments: it writes down each callback in `log`, echoes
 * calls, and otherwise does what the script says.
 */
export function scripted(
  log: unknown[] = [],
  script: Script = {},
): GenServer<Scripted, State> {
  const stay = (state: State) => ["noreply", state] as const;
  return {
    name: "scripted",
    init: (self) => script.init?.(self) ?? ["ok", "state"],
    handleCall: {
      ask(self, state, what, from) {
        log.push(["call", what]);
        const echo = ["reply", ["echo", what], state] as const;
        return script.call ? script.call(self, what, from, state) : echo;
      },
    },
    handleCast: {
      tell(self, state, what) {
        log.push(["cast", what]);
        return script.cast ? script.cast(self, what, state) : stay(state);
      },
    },
    handleInfo: {
      timeout(self, state) {
        log.push("timeout");
        return script.info ? script.info(self, "timeout", state) : stay(state);
      },
      _(self, state, what) {
        log.push(["info", what]);
        return script.info ? script.info(self, what, state) : stay(state);
      },
    },
    handleContinue(self, state, what) {
      log.push(["continue", what]);
      return script.more ? script.more(self, what, state) : stay(state);
    },
    terminate(self, reason, state) {
      log.push(["terminate", reason]);
      return script.end?.(self, reason, state);
    },
  };
}
