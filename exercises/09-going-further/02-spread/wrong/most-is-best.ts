// Misconception: the busiest node is the one that can bear the most
// Caught by: a new client goes where there are fewest
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
  const present = living.find(({ clients }) => clients.includes(client));
  if (present) return present.name;
  let least: ChatNode | undefined;
  for (const node of living) {
    if (!least || node.clients.length > least.clients.length) least = node;
  }
  return least?.name;
}
