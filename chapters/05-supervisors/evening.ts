import { type Process, supervisor } from "#runtime";
import { room } from "./rooms.ts";
import { startTop, stopTop, type Teller } from "./top.ts";
import type { Print } from "./worker.ts";

// #region evening
/** Two rooms, three clients; one is cut off, and one desk dies. */
export function* evening(self: Teller, print: Print): Process {
  const lobby = yield* startTop(self, {}, [], "lobby");
  for (const name of ["tea", "coffee"]) {
    yield* supervisor.startChild(self, lobby, room(name, print));
  }
  for (const [name, client] of [
    ["tea", "Ann"],
    ["tea", "Bob"],
    ["coffee", "Cid"],
  ] as const) {
    yield* supervisor.startChild(self, name, [client]);
    yield* self.sleep(10);
  }
  self.send("Ann", ["type", "Good evening"]);
  yield* self.sleep(10);
  print("-- Bob's line is cut");
  self.send("Bob", "cut");
  yield* self.sleep(10);
  yield* counted(self, print);
  print("-- the desk of tea crashes");
  const desk = self.whereis("desk of tea");
  if (desk) self.sendExit(desk, "crashed");
  yield* self.sleep(10);
  yield* counted(self, print);
  yield* stopTop(self, lobby);
}
// #endregion

function* counted(self: Teller, print: Print): Process {
  for (const name of ["tea", "coffee"]) {
    const { active } = yield* supervisor.countChildren(self, name);
    const desk = self.whereis(`desk of ${name}`) ? "has a desk" : "has no desk";
    print(`${name} ${desk}, and connections: ${active}`);
  }
}
