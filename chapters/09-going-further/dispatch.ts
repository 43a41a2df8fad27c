import { genServer, type Pid, type Process, type Self } from "#runtime";
import { type Dispatcher, dispatcher } from "./dispatcher.ts";
import type { Print } from "./rooms.ts";

// #region dispatch
/** Three nodes, of which one dies. Their ports are only numbers here. */
export function* dispatch(self: Self<never>, print: Print): Process {
  const started = yield* genServer.start(self, dispatcher, [], {
    name: "dispatcher",
  });
  if (started === "ignore" || started[0] === "error") return self.exit(started);
  const nodes: Pid[] = [];
  for (const port of [9001, 9002, 9003]) {
    const chat = self.spawn(function* chat(it: Self<"stop">): Process {
      yield* it.receive({ stop: () => {} });
    });
    nodes.push(chat);
    yield* genServer.call(self, started[1], ["open", chat, port, []]);
  }
  yield* places(self, ["tea", "coffee", "cake", "tea", "milk"], print);
  print("-- the node on 9001 dies");
  if (nodes[0]) self.sendExit(nodes[0], "kill");
  yield* self.sleep(10);
  yield* places(self, ["tea", "coffee", "tea"], print);
}
// #endregion

function* places(
  self: Self<never>,
  rooms: readonly string[],
  print: Print,
): Process {
  for (const room of rooms) {
    const request = ["place", room] as const;
    const port = yield* genServer.call<Dispatcher, typeof request>(
      self,
      "dispatcher",
      request,
    );
    print(`${room} is on ${port}`);
  }
}
