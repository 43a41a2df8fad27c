import type { Process, Self, Step } from "#runtime";
import {
  close,
  connect,
  recv,
  type Socket,
  send,
  type TcpMessage,
} from "#runtime/net";

export type FromKeyboard = readonly ["say", text: string] | "quit";
export type Shown =
  | readonly ["joined", room: string, port: number]
  | readonly ["heard", line: string]
  | readonly ["left", room: string]
  | readonly ["unsent", text: string]
  | readonly ["waiting", why: string, forMs: number];

/** Who wants to be in a room, and the port at which the dispatcher is asked. */
export interface Guest {
  readonly room: string;
  readonly door: number;
  readonly show: (shown: Shown) => void;
}
type Here = Self<TcpMessage | FromKeyboard | "again">;

const HOST = "127.0.0.1";
const ANSWER_LIMIT_MS = 5_000;
const PAUSE_MS = 200;

const text = new TextDecoder();

// #region client
/** Asks where its room is, goes there, and asks again when it has gone. */
export function* client(self: Here, guest: Guest): Process {
  const port = yield* place(self, guest);
  if (typeof port === "string") return pausing(self, guest, port);
  const address = [HOST, port, { packet: 2 }, ANSWER_LIMIT_MS] as const;
  const result = yield* connect(self, ...address);
  if (result[0] === "error") {
    // It has died, and the dispatcher is just about to hear of it.
    return pausing(self, guest, `no chat node answers on ${port}`);
  }
  const [, socket] = result;
  yield* send(self, socket, guest.room);
  return yield* self.receive<Process | void>({
    tcp() {
      guest.show(["joined", guest.room, port]);
      return talking(self, guest, socket);
    },
    tcp_closed: () => pausing(self, guest, "the chat node hung up"),
    quit: () => {},
  });
}
// #endregion

/** The port where the room is, or why there is none. */
function* place(self: Here, { room, door }: Guest): Step<number | string> {
  const passive = { packet: 2, active: false } as const;
  const result = yield* connect(self, HOST, door, passive, ANSWER_LIMIT_MS);
  if (result[0] === "error") return `no dispatcher answers on ${door}`;
  const [, socket] = result;
  yield* send(self, socket, room);
  const answer = yield* recv(self, socket, 0, ANSWER_LIMIT_MS);
  close(self, socket);
  if (answer[0] === "error") return "the dispatcher hung up";
  const port = Number(text.decode(answer[1]));
  return Number.isInteger(port) ? port : "no chat node is open";
}

function* talking(self: Here, guest: Guest, socket: Socket): Process {
  const go = () => talking(self, guest, socket);
  return yield* self.receive<Process | void>({
    tcp(_socket, data) {
      guest.show(["heard", text.decode(data)]);
      return go();
    },
    *say(line) {
      const sent = yield* send(self, socket, line);
      if (sent !== "ok") guest.show(["unsent", line]);
      return go();
    },
    tcp_closed() {
      guest.show(["left", guest.room]);
      return client(self, guest);
    },
    quit: () => close(self, socket),
  });
}

/** What is typed meanwhile waits in the mailbox. */
function* pausing(self: Here, guest: Guest, why: string): Process {
  guest.show(["waiting", why, PAUSE_MS]);
  self.sendAfter(PAUSE_MS, self.pid, "again");
  return yield* self.receive<Process | void>({
    again: () => client(self, guest),
    quit: () => {},
  });
}
