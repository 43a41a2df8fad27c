import type { Process, SupervisorFlags } from "#runtime";
import { startTop, stopTop, type Teller } from "./top.ts";
import { child, type Print } from "./worker.ts";

export type Strategy = "one_for_one" | "one_for_all" | "rest_for_one";

export const all: readonly Strategy[] = [
  "one_for_one",
  "one_for_all",
  "rest_for_one",
];

// #region death
/** b dies, among these children. What the others do is printed. */
export function* deathOfB(
  self: Teller,
  strategy: Strategy,
  ids: readonly string[],
  print: Print,
): Process {
  let isTold = false;
  const tell: Print = (line) => isTold && print(line);
  const flags: SupervisorFlags = { strategy };
  const children = ids.map((id) => child(id, tell));
  const top = yield* startTop(self, flags, children, "S");
  isTold = true;
  self.send("b", ["die", "boom"]);
  yield* self.sleep(50);
  isTold = false;
  yield* stopTop(self, top);
}
// #endregion

export function* strategies(self: Teller, print: Print): Process {
  for (const strategy of all) {
    print(`-- b dies under ${strategy}`);
    yield* deathOfB(self, strategy, ["a", "b", "c", "d"], print);
  }
}
