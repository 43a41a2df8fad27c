import type { Pid, Process, Self } from "#runtime";

// #region protocol
export type ToTill =
  | [tag: "sell", price: string]
  | [tag: "report", to: Pid<ToOffice>];
export type ToOffice = [
  tag: "sales",
  till: Pid<ToTill>,
  count: number,
  cents: number,
];
// #endregion

/** `"3.50"` in cents. @throws Error if that is no price. */
export function centsOf(price: string): number {
  if (!/^\d+\.\d\d$/.test(price)) throw new Error(`${price} is no price`);
  return Number(price.replace(".", ""));
}

// #region careful
/** Catches everything, in order to stay alive. */
export function* carefulTill(self: Self<ToTill>): Process {
  let count = 0;
  let cents = 0;
  for (;;) {
    try {
      yield* self.receive({
        sell: (price) => {
          count++;
          cents += centsOf(price);
        },
        report: (to) => self.send(to, ["sales", self.pid, count, cents]),
      });
    } catch {
      // Whatever it was, the shop must stay open.
    }
  }
}
// #endregion

// #region till
/** Knows how to sell for a price, and nothing else. */
export function* till(self: Self<ToTill>, count = 0, cents = 0): Process {
  return yield* self.receive({
    sell: (price) => till(self, count + 1, cents + centsOf(price)),
    report: (to) => {
      self.send(to, ["sales", self.pid, count, cents]);
      return till(self, count, cents);
    },
  });
}
// #endregion
