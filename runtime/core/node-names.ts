import { RuntimeError } from "./errors.ts";
import type { LocalNode } from "./node.ts";

/** The name of a node that has none of its own, as in Erlang. */
export const NO_NAME = "nonode@nohost";

/** The nodes of this realm that have a name of their own. */
const namedNodes = new Map<string, LocalNode>();
let count = 0;

/**
 * Enters a node under its name.
 *
 * @returns the first number of its pids: 0 without a name, else a count.
 * @throws RuntimeError `node_name_taken` if such a node is running already.
 */
export function claimName(node: LocalNode): number {
  if (node.name === NO_NAME) return 0;
  if (namedNodes.has(node.name)) {
    throw new RuntimeError(
      "node_name_taken",
      `A node named ${node.name} is running already. Stop it, or choose another name.`,
    );
  }
  namedNodes.set(node.name, node);
  return ++count;
}

export function releaseName(node: LocalNode): void {
  if (namedNodes.get(node.name) === node) namedNodes.delete(node.name);
}

/** The node of this name, as `asker` sees it: without a name, only itself. */
export function nodeNamed(
  asker: LocalNode,
  name: string,
): LocalNode | undefined {
  return name === asker.name ? asker : namedNodes.get(name);
}
