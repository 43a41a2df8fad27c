import type { TreeNode } from "#runtime";

/** A line of the drawing: a process, and the way to it from the top. */
export interface Branch {
  /** The ids from the top down; it stays the same over a restart. */
  readonly path: string;
  readonly node: TreeNode;
  /** What is drawn before the id. */
  readonly stem: string;
}

/** The processes of supervision trees, in the order in which they are drawn. */
export function branches(trees: readonly TreeNode[]): Branch[] {
  return trees.flatMap((node) => {
    const { id: path } = node;
    return [{ path, node, stem: "" }, ...below(node, path, "")];
  });
}

function below(parent: TreeNode, path: string, margin: string): Branch[] {
  return parent.children.flatMap((node, place) => {
    const isLast = place === parent.children.length - 1;
    const own = {
      path: `${path}/${node.id}`,
      node,
      stem: `${margin}${isLast ? "└─ " : "├─ "}`,
    };
    const inner = `${margin}${isLast ? "   " : "│  "}`;
    return [own, ...below(node, own.path, inner)];
  });
}

/**
 * Draws supervision trees as lines of text.
 *
 * @param chosen the path of the process that is marked, if one is.
 */
export function drawTree(
  trees: readonly TreeNode[],
  chosen?: string,
): string[] {
  return branches(trees).map(({ path, node, stem }) => {
    const mark = chosen === undefined ? "" : path === chosen ? "> " : "  ";
    return `${mark}${stem}${node.id} ${about(node)}`;
  });
}

function about({ pid, state, restarts }: TreeNode): string {
  const where = pid && state === "running" ? `${pid}` : state;
  if (restarts === 0) return where;
  return `${where}, ${restarts} ${restarts === 1 ? "restart" : "restarts"}`;
}
