import { observe, type Process } from "#runtime";
import { drawTree } from "./draw-tree.ts";
import { startTop, stopTop, type Teller } from "./top.ts";
import { specs } from "./tree.ts";
import type { Print } from "./worker.ts";

// #region drawn
/** Draws the tree once, as it is when all of it has started. */
export function* printTree(self: Teller, print: Print): Process {
  const top = yield* startTop(
    self,
    {},
    specs(() => {}),
    "S0",
  );
  for (const line of drawTree(observe(self).trees)) print(line);
  yield* stopTop(self, top);
}
// #endregion
