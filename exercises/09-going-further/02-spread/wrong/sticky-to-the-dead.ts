// Misconception: a client stays where it was, come what may
// Caught by: a client of a dead node goes to a living one
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
  const present = nodes.find(({ clients }) => clients.includes(client));
  if (present) return present.name;
  const living = nodes.filter(({ isAlive }) => isAlive);
  let least: ChatNode | undefined;
  for (const node of living) {
    if (!least || node.clients.length < least.clients.length) least = node;
  }
  return least?.name;
}
