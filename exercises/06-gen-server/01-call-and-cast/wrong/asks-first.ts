// Misconception: asking first and taking then is as good as one request
// Caught by: of two customers one gets the last piece
import {
  type GenServer,
  genServer,
  type Self,
  type Server,
  type Step,
} from "#runtime";

export interface Stock {
  readonly call: { count(item: string): number };
  readonly cast: {
    deliver(item: string, count: number): void;
    take(item: string, count: number): void;
  };
  readonly info: [tag: "spoiled", item: string, count: number];
}
export type Shop = Server<Stock>;
type Shelves = Readonly<Record<string, number>>;

const stock: GenServer<Stock, Shelves> = {
  name: "stock",
  init: () => ["ok", {}],
  handleCall: {
    count: (_self, shelves, item) => ["reply", shelves[item] ?? 0, shelves],
  },
  handleCast: {
    deliver(_self, shelves, item, count) {
      return ["noreply", { ...shelves, [item]: (shelves[item] ?? 0) + count }];
    },
    take(_self, shelves, item, count) {
      return ["noreply", { ...shelves, [item]: (shelves[item] ?? 0) - count }];
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
  const there = yield* genServer.call(self, shop, ["count", item]);
  if (there < count) return "sold out";
  genServer.cast(self, shop, ["take", item, count]);
  return "ok";
}

/** How many pieces there are. */
export function* count(
  self: Self<never>,
  shop: Shop,
  item: string,
): Step<number> {
  return yield* genServer.call(self, shop, ["count", item]);
}
