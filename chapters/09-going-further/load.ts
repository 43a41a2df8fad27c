import {
  type Clock,
  createNode,
  genServer,
  type Node,
  type Pid,
  type Process,
  type Self,
  type Server,
  type Step,
} from "#runtime";
import { connect, ok, send, type TcpMessage } from "#runtime/net";
import { chatNode } from "./chat-node.ts";
import { type Dispatcher, dispatcher } from "./dispatcher.ts";

export interface Load {
  readonly nodes: number;
  readonly rooms: number;
  readonly clientsPerRoom: number;
  readonly messagesPerClient: number;
  /** How long a node's archive is busy with one message, in ms. */
  readonly workMs: number;
}
export interface Measured {
  readonly sent: number;
  readonly heard: number;
  /** How many clients came to each node that was used. */
  readonly clientsPerNode: readonly number[];
  /** How many of the lines that were heard came from each of them. */
  readonly heardPerNode: readonly number[];
  readonly elapsedMs: number;
}
type Report =
  | "alone"
  | readonly ["opened", port: number]
  | readonly ["joined", client: Pid<"talk">, port: number]
  | readonly ["done", port: number, heard: number];
type Amount = readonly [port: number, amount: number];
/** What is needed of a node; in a simulation all are one. */
export type Chat = Pick<Node, "spawn" | "stop">;

// #region measure
/** Opens the nodes, plays the clients, and counts what they hear. */
export function* measure(
  self: Self<Report>,
  load: Load,
  clock: Clock,
  open: (name: string) => Chat = (name) => createNode({ name }),
): Step<Measured> {
  const started = yield* genServer.start(self, dispatcher, []);
  if (started === "ignore" || started[0] === "error") return self.exit(started);
  const [, front] = started;
  const chats = Array.from({ length: load.nodes }, (_, i) =>
    open(`chat${i + 1}@127.0.0.1`),
  );
  for (const chat of chats) {
    chat.spawn(chatNode, front, self.pid, load.workMs);
    yield* self.receive({ opened: () => {} });
  }
  const clients = new Map<Pid<"talk">, number>();
  for (let i = 0; i < load.rooms * load.clientsPerRoom; i++) {
    self.spawnLink(client, self.pid, front, `room ${i % load.rooms}`, load);
    yield* self.receive({
      joined: (pid, port) => void clients.set(pid, port),
    });
  }
  const startMs = clock.now();
  for (const pid of clients.keys()) self.send(pid, "talk");
  const heard: Amount[] = [];
  for (const _ of clients) {
    heard.push(yield* self.receive({ done: (...amount) => amount }));
  }
  const elapsedMs = clock.now() - startMs;
  for (const chat of chats) chat.stop();
  const sent = clients.size * load.messagesPerClient;
  const came = [...clients.values()].map((port) => [port, 1] as const);
  return { sent, elapsedMs, ...sums(came, heard) };
}
// #endregion

function sums(came: readonly Amount[], heard: readonly Amount[]) {
  const heardPerNode = perPort(heard);
  return {
    clientsPerNode: perPort(came),
    heardPerNode,
    heard: heardPerNode.reduce((sum, one) => sum + one, 0),
  };
}

/** The sum for each port, in the order of the ports. */
function perPort(amounts: readonly Amount[]): number[] {
  const sums = new Map<number, number>();
  for (const [port, amount] of [...amounts].sort(([a], [b]) => a - b)) {
    sums.set(port, (sums.get(port) ?? 0) + amount);
  }
  return [...sums.values()];
}

// #region client
/** Asks where its room is, goes there, talks, and hears everybody out. */
function* client(
  self: Self<TcpMessage | "talk">,
  starter: Pid<Report>,
  front: Server<Dispatcher>,
  room: string,
  load: Load,
): Process {
  const port = yield* genServer.call(self, front, ["place", room]);
  if (port === "no_node") return self.exit("no_node");
  const socket = ok(yield* connect(self, "127.0.0.1", port, { packet: 2 }));
  yield* send(self, socket, room);
  yield* self.receive({ tcp: () => {} });
  self.send(starter, ["joined", self.pid, port]);
  yield* self.receive({ talk: () => {} });
  for (let i = 0; i < load.messagesPerClient; i++) {
    yield* send(self, socket, `message ${i}`);
  }
  const expected = load.clientsPerRoom * load.messagesPerClient;
  for (let heard = 0; heard < expected; heard++) {
    yield* self.receive({ tcp: () => {} });
  }
  self.send(starter, ["done", port, expected]);
}
// #endregion
