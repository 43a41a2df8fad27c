// Misconception: a callback that has nothing to say need not answer
// Caught by: the key is back when the guard ends by itself
import type {
  ExitMessage,
  GenServer,
  Pid,
  Process,
  Self,
  Server,
} from "#runtime";

/** Where the keys hang. Each can be taken once, and is given back once. */
export interface Cabinet {
  take(): string;
  giveBack(key: string): void;
}

export interface Guard {
  readonly call: {
    key(): string;
    /** Gives the key back and takes another one. */
    swap(): string;
    /** The dog that goes along. */
    helper(): Pid;
  };
  readonly cast: { goHome(): void; stumble(): void };
  readonly info: ExitMessage;
}
export type GuardServer = Server<Guard>;

interface State {
  readonly cabinet: Cabinet;
  readonly key: string;
  readonly dog: Pid;
}

/** The dog does not leave of its own accord. */
function* dog(self: Self<never>): Process {
  yield* self.receive();
}

/** A guard takes a key, and is afraid of the dark if told so. */
export const guard: GenServer<
  Guard,
  State,
  [cabinet: Cabinet, isDark: boolean]
> = {
  name: "guard",
  init(self, cabinet, isDark) {
    self.trapExit(true);
    const key = cabinet.take();
    if (isDark) {
      cabinet.giveBack(key);
      return ["stop", "too dark"];
    }
    return ["ok", { cabinet, key, dog: self.spawnLink(dog) }];
  },
  handleCall: {
    key: (_self, state) => ["reply", state.key, state],
    swap(_self, state) {
      state.cabinet.giveBack(state.key);
      const key = state.cabinet.take();
      return ["reply", key, { ...state, key }];
    },
    helper: (_self, state) => ["reply", state.dog, state],
  },
  handleCast: {
    goHome: () => undefined as never,
    stumble: () => {
      throw new Error("The guard has stumbled.");
    },
  },
  handleInfo: {
    EXIT: (_self, state, from, reason) =>
      from === state.dog ? ["stop", reason, state] : ["noreply", state],
  },
  terminate: (_self, _reason, { cabinet, key }) => cabinet.giveBack(key),
};
