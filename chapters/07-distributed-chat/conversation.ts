import {
  after,
  type Clauses,
  type DownMessage,
  genServer,
  type Process,
  type Self,
  type Server,
  type Step,
} from "#runtime";
import {
  accept,
  close,
  type ListenSocket,
  peername,
  type Socket,
  send,
  setopts,
  type TcpMessage,
} from "#runtime/net";
import type { Chat } from "./chat.ts";
import type { Clients, ToClient } from "./clients.ts";
import { answerFor } from "./verify.ts";
import { asText, encode, type ToPerson } from "./wire.ts";

export type Print = (line: string) => void;

/** What every conversation of a chat needs to know. */
export interface Surroundings {
  /** Counts who is connected, and says when that is enough. */
  readonly door: Server<Chat>;
  readonly clients: Server<Clients>;
  readonly validatorNode: string;
  readonly print: Print;
}
type Messages = TcpMessage | ToClient | DownMessage;
type Here = Self<Messages>;

/** How long somebody may take for a name. */
const NAME_LIMIT_MS = 30_000;

// #region acceptor
/** Leaves the next connection to a new acceptor, and talks with this one. */
export function* acceptor(
  self: Here,
  listening: ListenSocket,
  around: Surroundings,
): Process {
  const result = yield* accept(self, listening);
  if (result[0] === "error") {
    if (result[1] === "closed") return;
    yield* self.sleep(100);
    return acceptor(self, listening, around);
  }
  self.spawn(acceptor, listening, around);
  // Who dies with the manager of the clients: all of them.
  self.monitor(around.clients);
  const [, socket] = result;
  const place = yield* genServer.call(self, around.door, ["enter", self.pid]);
  if (place === "full") return close(self, socket);
  const peer = peername(socket);
  if (peer[0] === "error") return close(self, socket);
  const from = peer[1].join(":");
  around.print(`New connection: ${from}`);
  yield* login(self, socket, around);
  around.print(`Connection closed: ${from}`);
}
// #endregion

// #region login
function* login(self: Here, socket: Socket, around: Surroundings): Process {
  yield* self.receive(
    {
      *tcp(_, data) {
        const answer = yield* admitted(self, asText(data), around);
        around.print(`Told a client: ${answer.join(" ")}`);
        yield* tell(self, socket, answer);
        if (answer[0] === "ok") yield* talk(self, socket, around);
      },
      tcp_closed: () => {},
      DOWN: () => {},
    },
    after(NAME_LIMIT_MS, () => {}),
  );
  close(self, socket);
}

/** A name that the validator allows and that nobody else has. */
function* admitted(
  self: Here,
  name: string | Uint8Array,
  { clients, validatorNode }: Surroundings,
): Step<ToPerson> {
  const answer = yield* answerFor(self, validatorNode, name);
  if (answer[0] !== "ok") return answer;
  const request = ["join", self.pid, answer[1]] as const;
  const place = yield* genServer.call(self, clients, request);
  return place === "ok" ? answer : ["auth_failed", "That name is taken."];
}
// #endregion

// #region talk
/** A message has at most 65,535 bytes, the name in front included. */
const LONGEST_BYTES = 65_000;

function* talk(self: Here, socket: Socket, around: Surroundings): Step<void> {
  // One message comes, and the next when that has been seen to, not before.
  const next = () => setopts(self, socket, { active: "once" });
  const clauses: Clauses<Messages, boolean> = {
    *tcp(_, data) {
      const goesOn = yield* passOn(self, socket, data, around.clients);
      next();
      return goesOn;
    },
    *msg(text) {
      return yield* tell(self, socket, ["msg", text]);
    },
    stop: () => false,
    tcp_closed: () => false,
    DOWN: () => false,
  };
  next();
  let isOpen = true;
  while (isOpen) isOpen = yield* self.receive(clauses);
}

function* passOn(
  self: Here,
  socket: Socket,
  data: Uint8Array,
  clients: Server<Clients>,
): Step<boolean> {
  const text = asText(data);
  if (text === "stop") return false;
  if (typeof text !== "string" || data.length > LONGEST_BYTES) {
    return yield* tell(self, socket, ["msg", "(That was not sent on.)"]);
  }
  // A cast would let one who talks fast fill the manager's mailbox.
  const request = ["say", self.pid, text] as const;
  yield* genServer.call(self, clients, request, Number.POSITIVE_INFINITY);
  return true;
}
// #endregion

function* tell(self: Here, socket: Socket, message: ToPerson): Step<boolean> {
  return (yield* send(self, socket, encode(message))) === "ok";
}
