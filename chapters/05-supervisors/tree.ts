import { type ChildSpec, type Process, supervisor } from "#runtime";
import { startTop, stopTop, type Teller } from "./top.ts";
import { child, type Print } from "./worker.ts";

// #region tree
/** S0 above S1 and S2; S1 above P0 and P1, S2 above P2 and P3. */
export function specs(print: Print): ChildSpec[] {
  return [
    inner("S1", [child("P0", print), child("P1", print)]),
    inner("S2", [child("P2", print), child("P3", print)]),
  ];
}

function inner(name: string, children: ChildSpec[]): ChildSpec {
  return {
    id: name,
    type: "supervisor",
    start: (self) => supervisor.startLink(self, {}, children, { name }),
  };
}
// #endregion

// #region told
/** The tree starts, P1 dies, and the tree is taken down. */
export function* tree(self: Teller, print: Print): Process {
  const top = yield* startTop(self, {}, specs(print), "S0");
  print("-- P1 dies");
  self.send("P1", ["die", "boom"]);
  yield* self.sleep(50);
  print("-- S0 is told to stop");
  yield* stopTop(self, top);
}
// #endregion
