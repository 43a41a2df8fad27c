import {
  type Clauses,
  type ExitMessage,
  genServer,
  type Pid,
  type Process,
  type Self,
  type Server,
} from "#runtime";
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

// #region node
/** A node's first process: it listens, reports, and stays while it does. */
export function* chatNode(
  self: Self<"stop">,
  dispatcher: Server<Dispatcher>,
  starter: Pid<readonly ["opened", port: number]>,
  workMs: number,
): Process {
  const started = yield* genServer.startLink(self, archive, [workMs]);
  const listening = ok(yield* listen(self, 0, { packet: 2 }));
  self.spawn(acceptor, listening, started[1] as Server<Archive>);
  const report = ["open", self.pid, listening.port] as const;
  yield* genServer.call(self, dispatcher, report);
  self.send(starter, ["opened", listening.port]);
  yield* self.receive({ stop: () => {} });
}
// #endregion

type Messages = TcpMessage | ToMember | ExitMessage;

function* acceptor(
  self: Self<Messages>,
  listening: ListenSocket,
  disk: Server<Archive>,
): Process {
  const accepted = yield* accept(self, listening);
  if (accepted[0] === "error") return;
  self.spawn(acceptor, listening, disk);
  return conversation(self, accepted[1], disk);
}

// #region conversation
const text = new TextDecoder();

/** First the name of the room, then what is said in it. */
function* conversation(
  self: Self<Messages>,
  socket: Socket,
  disk: Server<Archive>,
): Process {
  const name = yield* self.receive({
    // With a word in front, for a client must not get at any other server.
    tcp: (_socket, data) => `room ${text.decode(data)}`,
    tcp_closed: () => undefined,
  });
  if (name === undefined) return;
  // Refused is who comes second: the room is there already.
  yield* genServer.start(self, room, [], { name });
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
