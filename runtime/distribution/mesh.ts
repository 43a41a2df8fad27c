import type { Process } from "../core/message.ts";
import type { Self } from "../core/self.ts";
import type { Allowed } from "./allowed.ts";
import { Atom, atom, list } from "./etf/index.ts";
import { rpc } from "./rpc.ts";

/** What a mesh needs to know of its node. */
export interface MeshNode {
  readonly nodeName: string;
  /** The visible nodes it is connected to. */
  nodes(): string[];
  connect(nodeName: string): void;
}

/** How long a newcomer may think about whom it knows. */
const ANSWER_LIMIT_MS = 7_000;

/**
 * Connects all to all: a node that has come is asked whom it knows, and told
 * whom we know. Erlang's nodes do the same among themselves, in `global`.
 */
export function* introduce(
  self: Self<never>,
  node: MeshNode,
  newcomer: string,
): Process {
  for (const other of node.nodes()) {
    if (other === newcomer) continue;
    rpc.cast(self, newcomer, "net_adm", "ping", [atom(other)]);
  }
  const limitMs = ANSWER_LIMIT_MS;
  const ask = rpc.call(self, newcomer, "erlang", "nodes", [], limitMs);
  const known = yield* ask;
  if (!Array.isArray(known)) return;
  for (const other of known) {
    if (other instanceof Atom && other.text !== node.nodeName) {
      node.connect(other.text);
    }
  }
}

/** What another node of a mesh may ask of any node; nothing secret is in it. */
export function meshFunctions(node: MeshNode): Allowed {
  return {
    erlang: {
      node: () => atom(node.nodeName),
      nodes: () => list(...node.nodes().map((name) => atom(name))),
    },
    net_adm: {
      ping: (_self, other: unknown) => {
        if (!(other instanceof Atom)) return atom("pang");
        if (other.text !== node.nodeName) node.connect(other.text);
        return atom("pong");
      },
    },
  };
}
