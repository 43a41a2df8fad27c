// Misconception: what was answered is what was paid in
// Caught by: the same deposit gets the same answer, whatever came between
import {
  Exit,
  type GenServer,
  genServer,
  type Self,
  type ServerName,
  type Step,
} from "#runtime";

/** How long one try may take, in milliseconds, and how many there are. */
export const LIMIT_MS = 100;
export const TRIES = 5;

export interface Account {
  readonly call: {
    /** Gives the balance after it. */
    deposit(id: string, amount: number): number;
    balance(): number;
  };
}

interface State {
  readonly balance: number;
  readonly answers: Readonly<Record<string, number>>;
}

export const account: GenServer<Account, State> = {
  name: "account",
  init: () => ["ok", { balance: 0, answers: {} }],
  handleCall: {
    deposit(_self, state, id, amount) {
      const known = state.answers[id];
      if (known !== undefined) return ["reply", known, state];
      const balance = state.balance + amount;
      const answers = { ...state.answers, [id]: amount };
      return ["reply", balance, { balance, answers }];
    },
    balance: (_self, state) => ["reply", state.balance, state],
  },
};

/** Deposits an amount, over a network that may lose both ways. */
export function* deposit(
  self: Self<never>,
  server: ServerName<Account>,
  id: string,
  amount: number,
): Step<number> {
  const request = ["deposit", id, amount] as const;
  for (let tries = 1; ; tries++) {
    try {
      return yield* genServer.call<Account, typeof request>(
        self,
        server,
        request,
        LIMIT_MS,
      );
    } catch (error) {
      if (!isTimeout(error) || tries === TRIES) throw error;
    }
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof Exit && (error.reason as unknown[])[0] === "timeout";
}
