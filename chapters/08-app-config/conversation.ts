import {
  type DownMessage,
  Exit,
  genServer,
  type Process,
  type Self,
  type Step,
} from "#runtime";
import {
  close,
  type Socket,
  send,
  setopts,
  type TcpMessage,
} from "#runtime/net";
import type { Clients, ToClient } from "./clients.ts";
import type { Validation, Verdict } from "./validator.ts";

export type ToConversation = TcpMessage | ToClient | DownMessage | "yours";
type Here = Self<ToConversation>;

/** Talks with one client: first about its name, then about everything else. */
export function* conversation(self: Here, socket: Socket): Process {
  yield* self.receive({ yours: () => setopts(self, socket, { active: true }) });
  // Who dies with the room: everybody in it.
  self.monitor("clients");
  return asking(self, socket);
}

function* asking(self: Here, socket: Socket): Process {
  yield* send(self, socket, "Who are you?\n");
  return yield* self.receive<Process | void>({
    *tcp(_, data) {
      const name = textOf(data);
      const [answer, why] = yield* verified(self, name);
      if (answer === "ok") return joining(self, socket, name);
      yield* send(self, socket, `${why}\n`);
      return asking(self, socket);
    },
    tcp_closed: () => {},
    DOWN: () => close(self, socket),
  });
}

// #region verified
/** A validator that is just being restarted is no reason to lose a client. */
function* verified(self: Here, name: string): Step<Verdict> {
  try {
    const request = ["verify", name] as const;
    return yield* genServer.call<Validation, typeof request>(
      self,
      "validator",
      request,
    );
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    return ["error", "Nobody can check names just now. Try again."];
  }
}
// #endregion

function* joining(self: Here, socket: Socket, name: string): Process {
  const request = ["join", self.pid, name] as const;
  const answer = yield* genServer.call<Clients, typeof request>(
    self,
    "clients",
    request,
  );
  if (answer === "ok") return chatting(self, socket);
  yield* send(self, socket, "That name is taken.\n");
  return asking(self, socket);
}

function* chatting(self: Here, socket: Socket): Process {
  return yield* self.receive<Process | void>({
    tcp: (_, data) => {
      const text = textOf(data);
      if (text === "stop") return close(self, socket);
      genServer.cast<Clients>(self, "clients", ["say", self.pid, text]);
      return chatting(self, socket);
    },
    *heard(text) {
      yield* send(self, socket, `${text}\n`);
      return chatting(self, socket);
    },
    *stop() {
      yield* send(self, socket, "The server stops. Good-bye.\n");
      close(self, socket);
    },
    tcp_closed: () => {},
    DOWN: () => close(self, socket),
  });
}

const decoder = new TextDecoder();
const textOf = (data: Uint8Array) => decoder.decode(data).trim();
