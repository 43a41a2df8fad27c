import {
  type Clauses,
  type DownMessage,
  type ExitMessage,
  genServer,
  type Pid,
  type Process,
  type Self,
  type Server,
} from "#runtime";
import { list } from "#runtime/distribution";
import {
  accept,
  close,
  type ListenSocket,
  listen,
  ok,
  type Socket,
  send,
  type TcpMessage,
} from "#runtime/net";
import { type Archive, archive } from "./archive.ts";
import type { Dispatcher } from "./dispatcher.ts";
import { type Room, room, type ToMember } from "./room.ts";

/** How long a message may wait for the archive of a busy node. */
const PATIENCE_MS = 60_000;
/** Between asking for a dispatcher that is not there and asking again. */
const PAUSE_MS = 200;

type Has = readonly ["has", room: string];
type Here = Self<"stop" | Has | DownMessage>;
type Rooms = readonly string[];

/** Whom a node reports to, and who started it and wants to know of that. */
interface Post {
  readonly port: number;
  readonly dispatcher: Server<Dispatcher>;
  readonly starter: Pid<readonly ["opened", port: number] | "alone">;
}

// #region node
/** A node's first process: it listens, reports, and stays while it does. */
export function* chatNode(
  self: Here,
  dispatcher: Server<Dispatcher>,
  starter: Post["starter"],
  workMs: number,
): Process {
  const started = yield* genServer.startLink(self, archive, [workMs]);
  const listening = ok(yield* listen(self, 0, { packet: 2 }));
  const disk = started[1] as Server<Archive>;
  self.spawn(acceptor, listening, disk, self.pid);
  return reporting(self, { dispatcher, starter, port: listening.port }, []);
}

// #endregion

// #region report
/** Tells the dispatcher what is here, and a new one again: it knows nothing. */
function* reporting(self: Here, post: Post, rooms: Rooms): Process {
  const { dispatcher, starter, port } = post;
  // Watched before it is called, so that no death goes unseen.
  const watch = self.monitor(dispatcher);
  try {
    // To other nodes, a bare array with a text in front would be a tuple.
    const report = ["open", self.pid, port, list(...rooms)] as const;
    yield* genServer.call(self, dispatcher, report);
  } catch {
    self.demonitor(watch, { flush: true });
    return again(self, post, rooms);
  }
  self.send(starter, ["opened", port]);
  return staying(self, post, rooms);
}

function* staying(self: Here, post: Post, rooms: Rooms): Process {
  return yield* self.receive<Process | void>({
    has: (room) => staying(self, post, [...rooms, room]),
    DOWN: () => again(self, post, rooms),
    stop: () => {},
  });
}

function* again(self: Here, post: Post, rooms: Rooms): Process {
  self.send(post.starter, "alone");
  yield* self.sleep(PAUSE_MS);
  return reporting(self, post, rooms);
}
// #endregion

type Messages = TcpMessage | ToMember | ExitMessage;

function* acceptor(
  self: Self<Messages>,
  listening: ListenSocket,
  disk: Server<Archive>,
  home: Pid<Has>,
): Process {
  const accepted = yield* accept(self, listening);
  if (accepted[0] === "error") return;
  self.spawn(acceptor, listening, disk, home);
  return conversation(self, accepted[1], disk, home);
}

// #region conversation
const text = new TextDecoder();

/** First the name of the room, then what is said in it. */
function* conversation(
  self: Self<Messages>,
  socket: Socket,
  disk: Server<Archive>,
  home: Pid<Has>,
): Process {
  const asked = yield* self.receive({
    tcp: (_socket, data) => text.decode(data),
    tcp_closed: () => undefined,
  });
  if (asked === undefined) return;
  // With a word in front, for a client must not get at any other server.
  const name = `room ${asked}`;
  const opened = yield* genServer.start(self, room, [], { name });
  // Refused is who comes second: the room is there already.
  if (opened[0] === "ok") self.send(home, ["has", asked]);
  const join = ["join", self.pid, "someone"] as const;
  yield* genServer.call<Room, typeof join>(self, name, join);
  yield* send(self, socket, "joined");
  const clauses: Clauses<Messages, boolean> = {
    *tcp(_socket, data) {
      const keep = "keep" as const;
      const limit = PATIENCE_MS;
      yield* genServer.call<Archive, "keep">(self, disk, keep, limit);
      const say = ["say", self.pid, text.decode(data)] as const;
      genServer.cast<Room>(self, name, say);
      return true;
    },
    *hear(line) {
      return (yield* send(self, socket, line)) === "ok";
    },
    tcp_closed: () => false,
  };
  let isOpen = true;
  while (isOpen) isOpen = yield* self.receive(clauses);
  close(self, socket);
}
// #endregion
