import type { Pid, Process, Self } from "#runtime";

export type Print = (line: string) => void;

type ToTill = [tag: "sold", cents: number] | [tag: "total", from: Pid<ToShop>];
type ToClerk = [tag: "order", text: string];
export type ToShop = [tag: "cents", total: number];

// #region processes
function* till(self: Self<ToTill>, total: number): Process {
  return yield* self.receive({
    sold: (cents) => till(self, total + cents),
    total: (from) => {
      self.send(from, ["cents", total]);
      return till(self, total);
    },
  });
}

function* clerk(self: Self<ToClerk>, money: Pid<ToTill>): Process {
  return yield* self.receive({
    order: (text) => {
      self.send(money, ["sold", JSON.parse(text).cents]);
      return clerk(self, money);
    },
  });
}
// #endregion

// #region shop
export function* shop(self: Self<ToShop>, print: Print): Process {
  const money = self.spawn(till, 0);
  self.register("clerk", self.spawn(clerk, money));
  self.send("clerk", ["order", '{ "cents": 350 }']);
  self.send("clerk", ["order", "two rolls, please"]);
  yield* self.sleep(10);

  print(`The name "clerk" stands for ${self.whereis("clerk") ?? "nobody"}.`);
  self.register("clerk", self.spawn(clerk, money));
  self.send("clerk", ["order", '{ "cents": 120 }']);
  yield* self.sleep(10);

  self.send(money, ["total", self.pid]);
  yield* self.receive({
    cents: (total) => print(`The till holds ${total} cents.`),
  });
}
// #endregion
