// Misconception: sort gives a new array
// Caught by: the nodes are left as they were
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
  const rank = ({ clients }: ChatNode) =>
    clients.includes(client) ? -1 : clients.length;
  const [best] = (nodes as ChatNode[])
    .sort((one, other) => rank(one) - rank(other))
    .filter(({ isAlive }) => isAlive);
  return best?.name;
}
