import { after, type Pid, type Process, type Self } from "#runtime";

// #region protocol
export type ToPong = [tag: "ping", times: number, from: Pid<ToPing>] | "stop";
export type ToPing = "pong";
// #endregion

export type Print = (line: string) => void;

// #region pong
export function* pong(self: Self<ToPong>, print: Print): Process {
  return yield* self.receive({
    ping: (times, from) => {
      print(`Pong ${times}`);
      self.send(from, "pong");
      return pong(self, print);
    },
    stop: () => print("Pong received stop"),
  });
}
// #endregion

// #region ping
export function* ping(
  self: Self<ToPing>,
  times: number,
  opponent: Pid<ToPong>,
  print: Print,
): Process {
  if (times === 0) {
    self.send(opponent, "stop");
    return print("Ping stop");
  }
  self.send(opponent, ["ping", times, self.pid]);
  yield* self.receive(
    { pong: () => print(`Ping ${times}`) },
    after(5_000, () => self.exit("no answer")),
  );
  return ping(self, times - 1, opponent, print);
}
// #endregion
