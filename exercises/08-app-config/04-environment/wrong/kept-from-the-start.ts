// Misconception: settings are read when a process starts
// Caught by: a new tax and a new currency hold from the next payment on
import {
  type Application,
  application,
  type GenServer,
  genServer,
  type Self,
  type Step,
  supervisor,
} from "#runtime";

interface Till {
  readonly call: {
    pay(cents: number): string;
    drawer(): number;
  };
}

let vat = 19;

/** Takes money. The state is what is in the drawer, in cents. */
const till: GenServer<Till, number> = {
  name: "till",
  init(self) {
    vat = application.getEnv(self, "shop", "vat") as number;
    return ["ok", application.getEnv(self, "shop", "float") as number];
  },
  handleCall: {
    pay(self, inDrawer, cents) {
      const money = application.getEnv(self, "shop", "currency", "EUR");
      const total = Math.round(cents * (1 + vat / 100));
      return ["reply", `${total} ${money} cents`, inDrawer + total];
    },
    drawer: (_self, cents) => ["reply", cents, cents],
  },
};

export const shop: Application = {
  name: "shop",
  env: { vat: 19, float: 10_000 },
  start: (self) =>
    supervisor.startLink(self, {}, [
      {
        id: "till",
        start: (it) => genServer.startLink(it, till, [], { name: "till" }),
      },
    ]),
};

/** Pays a price without tax, in cents, and gives the receipt. */
export function* pay(self: Self<never>, cents: number): Step<string> {
  return yield* genServer.call<Till, ["pay", number]>(self, "till", [
    "pay",
    cents,
  ]);
}

/** What is in the drawer, in cents. */
export function* drawer(self: Self<never>): Step<number> {
  return yield* genServer.call<Till, "drawer">(self, "till", "drawer");
}
