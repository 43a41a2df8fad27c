import { Interned } from "./etf/interned.ts";
import { RemoteNode } from "./remote-node.ts";
import type { Surroundings } from "./surroundings.ts";

/** Above the numbers of the nodes of this program, which count from 1. */
const FIRST_INDEX = 9_001;

/**
 * The nodes elsewhere, by name. Those that are connected are kept; the others
 * for as long as anybody holds a pid of theirs, so that a stranger who names
 * nodes fills no memory.
 */
export class NodeTable {
  readonly #known = new Interned<RemoteNode>();
  readonly #kept = new Set<RemoteNode>();
  #lastIndex = FIRST_INDEX - 1;

  named(nodeName: string, around: Surroundings): RemoteNode {
    return this.#known.get(
      nodeName,
      () => new RemoteNode(nodeName, ++this.#lastIndex, around),
    );
  }

  /** Connected, or about to be. */
  keep(remote: RemoteNode): void {
    this.#kept.add(remote);
  }

  release(remote: RemoteNode): void {
    this.#kept.delete(remote);
  }

  get kept(): readonly RemoteNode[] {
    return [...this.#kept];
  }

  /** The nodes that are connected. */
  get up(): readonly RemoteNode[] {
    return this.kept.filter(({ state }) => state === "up");
  }
}
