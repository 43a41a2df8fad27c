import type { DownMessage, GenServer, Pid } from "#runtime";

// #region dispatcher
export interface Dispatcher {
  call: {
    /** A chat node is open: its process, its port, and the rooms it has. */
    open(chatNode: Pid, port: number, rooms: readonly string[]): "ok";
    /** The port of the node that has this room, or shall have it. */
    place(room: string): number | "no_node";
  };
  info: DownMessage;
}
interface ChatNode {
  readonly pid: Pid;
  readonly port: number;
  readonly rooms: ReadonlySet<string>;
}
// #endregion

// #region server
/** Says where a room is. The conversations themselves never pass here. */
export const dispatcher: GenServer<Dispatcher, readonly ChatNode[]> = {
  name: "dispatcher",
  init: () => ["ok", []],
  handleCall: {
    open(self, nodes, pid, port, names) {
      self.monitor(pid);
      const others = nodes.filter((node) => node.pid !== pid);
      const rooms = new Set(names);
      return ["reply", "ok", [...others, { pid, port, rooms }]];
    },
    place(_self, nodes, room) {
      const chosen = choose(nodes, room);
      if (chosen === undefined) return ["reply", "no_node", nodes];
      const rooms = new Set(chosen.rooms).add(room);
      const others = nodes.filter((node) => node !== chosen);
      return ["reply", chosen.port, [...others, { ...chosen, rooms }]];
    },
  },
  handleInfo: {
    DOWN: (_self, nodes, _ref, _type, gone) => [
      "noreply",
      nodes.filter(({ pid }) => pid !== gone),
    ],
  },
};
// #endregion

// #region choose
/** Where the room is already; otherwise where there are fewest. */
export function choose(
  nodes: readonly ChatNode[],
  room: string,
): ChatNode | undefined {
  const present = nodes.find(({ rooms }) => rooms.has(room));
  if (present) return present;
  return nodes.reduce<ChatNode | undefined>(
    (least, node) =>
      least === undefined || node.rooms.size < least.rooms.size ? node : least,
    undefined,
  );
}
// #endregion
