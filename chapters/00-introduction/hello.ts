import type { Pid, Process, Self } from "#runtime";

export type Print = (line: string) => void;

// #region greeter
export type ToGreeter = [tag: "greet", name: string, from: Pid<ToMain>];
export type ToMain = [tag: "greeting", text: string];

export function* greeter(self: Self<ToGreeter>): Process {
  yield* self.receive({
    greet: (name, from) => self.send(from, ["greeting", `Hello, ${name}`]),
  });
}
// #endregion

// #region hello
export function* hello(
  self: Self<ToMain>,
  name: string,
  print: Print,
): Process {
  const pid = self.spawn(greeter);
  self.send(pid, ["greet", name, self.pid]);
  yield* self.receive({ greeting: print });
}
// #endregion
