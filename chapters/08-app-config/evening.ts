import {
  application,
  observe,
  type Process,
  type Self,
  type TreeNode,
} from "#runtime";
import { type Print, startRores } from "./rores-app.ts";
import { DEFAULTS } from "./settings.ts";

// #region evening
/** Starts, looks at the tree, stops, and looks for what is left. */
export function* evening(self: Self<never>, print: Print): Process {
  print(`start: ${yield* startRores(self, DEFAULTS, "temporary", print)}`);
  for (const tree of observe(self).trees) draw(tree, "  ", print);
  print(`stop: ${yield* application.stop(self, "rores")}`);
  const left = observe(self).processes.filter(({ pid }) => pid !== self.pid);
  print(`processes left: ${left.length}`);
  print(`start: ${yield* startRores(self, DEFAULTS, "temporary", print)}`);
}
// #endregion

function draw(node: TreeNode, indent: string, print: Print): void {
  print(`${indent}${node.id}`);
  for (const child of node.children) draw(child, `${indent}  `, print);
}
