/** A chat node as the dispatcher knows it. */
export interface ChatNode {
  readonly name: string;
  readonly isAlive: boolean;
  readonly clients: readonly string[];
}

/** The name of the node for this client; `undefined` if there is none. */
export function place(
  nodes: readonly ChatNode[],
  client: string,
): string | undefined {
  // TODO(you): everybody crowds on one node.
  return client === "" ? undefined : nodes[0]?.name;
}
