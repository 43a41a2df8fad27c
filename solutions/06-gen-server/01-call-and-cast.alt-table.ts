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

const has = (shelves: Shelves, item: string) => shelves[item] ?? 0;

function put(shelves: Shelves, item: string, count: number): Shelves {
  return { ...shelves, [item]: has(shelves, item) + count };
}

const stock: GenServer<Stock, Shelves> = {
  name: "stock",
  init: () => ["ok", {}],
  handleCall: {
    take: (_self, shelves, item, count) =>
      has(shelves, item) < count
        ? ["reply", "sold out", shelves]
        : ["reply", "ok", put(shelves, item, -count)],
    count: (_self, shelves, item) => ["reply", shelves[item] ?? 0, shelves],
  },
  handleCast: {
    deliver: (_self, shelves, item, count) => [
      "noreply",
      put(shelves, item, count),
    ],
  },
  handleInfo: {
    spoiled: (_self, shelves, item, count) => [
      "noreply",
      put(shelves, item, -Math.min(count, has(shelves, item))),
    ],
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
