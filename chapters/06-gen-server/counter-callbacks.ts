import type { GenServer } from "#runtime";

// #region protocol
export interface Counter {
  readonly call: { add(amount: number): number; count(): number };
  readonly cast: { reset(): void };
}
// #endregion

// #region counter
export const counter = {
  name: "counter",
  init: (_self, first) => (first < 0 ? ["stop", "below zero"] : ["ok", first]),
  handleCall: {
    add: (_self, count, amount) => ["reply", count + amount, count + amount],
    count: (_self, count) => ["reply", count, count],
  },
  handleCast: { reset: () => ["noreply", 0] },
} satisfies GenServer<Counter, number, [first: number]>;
// #endregion
