import type { TreeNode } from "#runtime";
import { branches, drawTree } from "./draw-tree.ts";

/** What the reader of the screen has chosen and asked for. */
export interface View {
  /** The path of the process that is marked. */
  readonly chosen: string;
  readonly wants: "nothing" | "kill" | "new tree" | "quit";
}

/** What a key does. Unknown keys do nothing. */
export function afterKey(
  view: View,
  key: string,
  trees: readonly TreeNode[],
): View {
  const paths = branches(trees).map(({ path }) => path);
  const place = Math.max(0, paths.indexOf(view.chosen));
  const move = (to: number): View => ({
    chosen: paths[Math.min(Math.max(to, 0), paths.length - 1)] ?? view.chosen,
    wants: "nothing",
  });
  switch (key) {
    case "up":
    case "k":
      return move(place - 1);
    case "down":
    case "j":
      return move(place + 1);
    case "x":
      return { ...move(place), wants: "kill" };
    case "n":
      return { ...view, wants: paths.length === 0 ? "new tree" : "nothing" };
    case "q":
      return { ...view, wants: "quit" };
    default:
      return { ...view, wants: "nothing" };
  }
}

const LINES_OF_LOG = 8;

/** The whole screen as lines. */
export function screen(
  trees: readonly TreeNode[],
  { chosen }: View,
  log: readonly string[],
): string[] {
  const drawing =
    trees.length > 0 ? drawTree(trees, chosen) : ["  The tree has ended."];
  const keys =
    trees.length > 0 ? "up and down choose, x kills" : "n: a new one";
  return [
    ...drawing,
    "",
    ...log.slice(-LINES_OF_LOG).map((line) => `  ${line}`),
    "",
    `  ${keys}, q quits`,
  ];
}
