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
}

export const account: GenServer<Account, State> = {
  name: "account",
  init: () => ["ok", { balance: 0 }],
  handleCall: {
    // TODO(you): the same deposit may be asked for again.
    deposit(_self, state, _id, amount) {
      const balance = state.balance + amount;
      return ["reply", balance, { balance }];
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
      if (!(error instanceof Exit) || tries === TRIES) throw error;
    }
  }
}
