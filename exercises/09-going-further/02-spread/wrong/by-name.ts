// Misconception: the letters of a name spread clients well enough
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
  const place = client.length % Math.max(1, living.length);
  return living[place]?.name;
}
