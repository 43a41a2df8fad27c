// Misconception: a setting that is read each time is always right
// Caught by: the drawer is filled once, when the till opens
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

/** Takes money. The state is what is in the drawer, in cents. */
const till: GenServer<Till, number> = {
  name: "till",
  init(self) {
    void self;
    return ["ok", 0];
  },
  handleCall: {
    pay(self, inDrawer, cents) {
      const vat = application.getEnv(self, "shop", "vat") as number;
      const money = application.getEnv(self, "shop", "currency", "EUR");
      const total = Math.round(cents * (1 + vat / 100));
      return ["reply", `${total} ${money} cents`, inDrawer + total];
    },
    drawer(self, taken) {
      const float = application.getEnv(self, "shop", "float") as number;
      return ["reply", float + taken, taken];
    },
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
