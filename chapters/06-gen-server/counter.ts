import { after, type Pid, type Process, type Self } from "#runtime";

export type Print = (line: string) => void;

// #region counter
type ToCounter =
  | [tag: "add", amount: number]
  | [tag: "count", from: Pid<ToAsker>]
  | "stop";
type ToAsker = [tag: "count", count: number];

function* counter(self: Self<ToCounter>, count: number): Process {
  return yield* self.receive({
    add: (amount) => counter(self, count + amount),
    count: (from) => {
      self.send(from, ["count", count]);
      return counter(self, count);
    },
    stop: () => {},
  });
}
// #endregion

// #region asker
export function* asker(self: Self<ToAsker>, print: Print): Process {
  const server = self.spawn(counter, 0);
  const ask = function* () {
    self.send(server, ["count", self.pid]);
    return yield* self.receive(
      { count: (count) => print(`The count is ${count}.`) },
      after(100, () => print("No answer in 100 ms. Slow, or dead?")),
    );
  };
  self.send(server, ["add", 3]);
  self.send(server, ["add", 4]);
  yield* ask();
  self.send(server, "stop");
  yield* ask();
}
// #endregion
