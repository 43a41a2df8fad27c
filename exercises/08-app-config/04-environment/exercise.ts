import {
  type Application,
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

// TODO(you): these were read while the file was loaded, and never again.
const VAT_PERCENT = 19;
const FLOAT_CENTS = 10_000;

/** Takes money. The state is what is in the drawer, in cents. */
const till: GenServer<Till, number> = {
  name: "till",
  init: () => ["ok", FLOAT_CENTS],
  handleCall: {
    pay(_self, inDrawer, cents) {
      const total = Math.round(cents * (1 + VAT_PERCENT / 100));
      return ["reply", `${total} EUR cents`, inDrawer + total];
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
