import {
  type DownMessage,
  Exit,
  matching,
  type Pid,
  type Process,
  type Ref,
  type Self,
  type Step,
} from "#runtime";
import type { Print } from "./counter.ts";
import { words } from "./in-words.ts";

// #region protocol
type ToCounter =
  | [tag: "add", amount: number]
  | [tag: "count", from: [asker: Pid<ToAsker>, ref: Ref]]
  | "stop";
type ToAsker = [tag: "reply", ref: Ref, count: number] | DownMessage;
// #endregion

function* counter(self: Self<ToCounter>, count: number): Process {
  return yield* self.receive({
    add: (amount) => counter(self, count + amount),
    count: ([asker, ref]) => {
      self.send(asker, ["reply", ref, count]);
      return counter(self, count);
    },
    stop: () => {},
  });
}

// #region call
function* call(self: Self<ToAsker>, server: Pid<ToCounter>): Step<number> {
  const ref = self.monitor(server);
  self.send(server, ["count", [self.pid, ref]]);
  const count = yield* self.receive(
    matching<ToAsker, number>(ref, {
      reply: (_ref, count) => count,
      DOWN: (_ref, _type, _pid, reason) => self.exit(reason),
    }),
  );
  self.demonitor(ref, { flush: true });
  return count;
}
// #endregion

// #region caller
export function* caller(self: Self<ToAsker>, print: Print): Process {
  const server = self.spawn(counter, 0);
  self.send(server, ["add", 3]);
  self.send(server, ["add", 4]);
  print(`The count is ${yield* call(self, server)}.`);
  self.send(server, "stop");
  yield* self.sleep(1);
  try {
    print(`The count is ${yield* call(self, server)}.`);
  } catch (caught) {
    if (!(caught instanceof Exit)) throw caught;
    print(`No answer, and never will be: ${words(caught.reason)}.`);
  }
}
// #endregion
