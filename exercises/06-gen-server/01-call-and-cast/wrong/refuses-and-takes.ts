// Misconception: the reply is what counts, not the new state
// Caught by: a customer gets what is there, and is told when it is not
import {
  type GenServer,
  genServer,
  type Self,
  type Server,
  type Step,
} from "#runtime";

export interface Stock {
  readonly call: {
    take(item: string, count: number): "ok" | "sold out";
    count(item: string): number;
  };
  readonly cast: { deliver(item: string, count: number): void };
  readonly info: [tag: "spoiled", item: string, count: number];
}
export type Shop = Server<Stock>;
type Shelves = Readonly<Record<string, number>>;

const stock: GenServer<Stock, Shelves> = {
  name: "stock",
  init: () => ["ok", {}],
  handleCall: {
    take(_self, shelves, item, count) {
      const there = shelves[item] ?? 0;
      const left = { ...shelves, [item]: there - count };
      return ["reply", there < count ? "sold out" : "ok", left];
    },
    count: (_self, shelves, item) => ["reply", shelves[item] ?? 0, shelves],
  },
  handleCast: {
    deliver(_self, shelves, item, count) {
      return ["noreply", { ...shelves, [item]: (shelves[item] ?? 0) + count }];
    },
  },
  handleInfo: {
    spoiled(_self, shelves, item, count) {
      const left = Math.max(0, (shelves[item] ?? 0) - count);
      return ["noreply", { ...shelves, [item]: left }];
    },
  },
};

/** Opens a shop with empty shelves. */
export function* open(self: Self<never>): Step<Shop> {
  const started = yield* genServer.start(self, stock, []);
  if (started === "ignore" || started[0] === "error") {
    return self.exit("no shop");
  }
  return started[1];
}

/** Puts pieces on the shelf. */
export function* deliver(
  self: Self<never>,
  shop: Shop,
  item: string,
  count: number,
): Step<void> {
  genServer.cast(self, shop, ["deliver", item, count]);
}

/** Takes pieces off the shelf, all of them or none. */
export function* take(
  self: Self<never>,
  shop: Shop,
  item: string,
  count: number,
): Step<"ok" | "sold out"> {
  return yield* genServer.call(self, shop, ["take", item, count]);
}

/** How many pieces there are. */
export function* count(
  self: Self<never>,
  shop: Shop,
  item: string,
): Step<number> {
  return yield* genServer.call(self, shop, ["count", item]);
}
