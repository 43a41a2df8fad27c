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

/** A setting of the shop, as it is now. */
function setting<T>(self: Self<never>, key: string, otherwise: T): T {
  return (application.getEnv(self, "shop", key) ?? otherwise) as T;
}

/** Takes money. The state is what is in the drawer, in cents. */
const till: GenServer<Till, number> = {
  name: "till",
  init: (self) => ["ok", setting(self, "float", 0)],
  handleCall: {
    pay(self, inDrawer, cents) {
      const tax = Math.round((cents * setting(self, "vat", 0)) / 100);
      const receipt = `${cents + tax} ${setting(self, "currency", "EUR")} cents`;
      return ["reply", receipt, inDrawer + cents + tax];
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
