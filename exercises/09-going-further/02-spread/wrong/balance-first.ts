// Misconception: a client may be moved whenever another node has fewer
// Caught by: a client stays where it is
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
  const living = nodes.filter(({ isAlive }) => isAlive);
  let least: ChatNode | undefined;
  for (const node of living) {
    if (!least || node.clients.length < least.clients.length) least = node;
  }
  return client && least?.name;
}
