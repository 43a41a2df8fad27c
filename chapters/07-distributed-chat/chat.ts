import {
  type DownMessage,
  type ExitMessage,
  type GenServer,
  genServer,
  type Pid,
  type Server,
} from "#runtime";
import { close, type ListenSocket, listen } from "#runtime/net";
import { type Clients, clients } from "./clients.ts";
import { acceptor, type Print } from "./conversation.ts";
import { verify } from "./verify.ts";

export interface Chat {
  call: {
    port(): number;
    /** Asked for each connection, by the process that talks with it. */
    enter(client: Pid): "ok" | "full";
  };
  info: ExitMessage | DownMessage;
}
export interface ChatOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly validatorNode: string;
  readonly print: Print;
  /** How many may be connected, named or not yet. @defaultValue 5,000 */
  readonly mostClients?: number;
}
interface Open {
  readonly listening: ListenSocket;
  readonly manager: Server<Clients>;
  readonly inside: number;
  readonly mostClients: number;
}

/** What is asked before the door is opened, for the sake of an answer. */
const NOBODY = "nobody";
/** How long the clients may take to go when the server stops. */
const FAREWELL_MS = 2_000;
/** Each costs a file and some memory; without a limit there is none left. */
const MOST_CLIENTS = 5_000;

// #region chat
/** Owns the listening socket and what all clients share. */
export const chat: GenServer<Chat, Open, [options: ChatOptions]> = {
  name: "chat",
  *init(self, options) {
    const { port, validatorNode, mostClients = MOST_CLIENTS } = options;
    // Or terminate would not run, and a dead manager would not be heard of.
    self.trapExit(true);
    const answer = yield* verify(self, validatorNode, NOBODY);
    if (answer[0] === "unknown") return ["stop", ["validator", answer[1]]];
    const result = yield* listen(self, port, { packet: 2, active: "once" });
    if (result[0] === "error") return ["stop", ["listen", result[1]]];
    const started = yield* genServer.startLink(self, clients, []);
    if (started === "ignore" || started[0] === "error") {
      return ["stop", "no clients manager"];
    }
    const [, listening] = result;
    const [, manager] = started;
    const around = { ...options, door: self.pid, clients: manager };
    self.spawn(acceptor, listening, around);
    return ["ok", { listening, manager, inside: 0, mostClients }];
  },
  handleCall: {
    port: (_self, open) => ["reply", open.listening.port, open],
    enter(self, open, client) {
      if (open.inside >= open.mostClients) return ["reply", "full", open];
      self.monitor(client);
      return ["reply", "ok", { ...open, inside: open.inside + 1 }];
    },
  },
  handleInfo: {
    EXIT(_self, open, pid, reason) {
      if (pid !== open.manager) return ["noreply", open];
      return ["stop", ["clients", reason], open];
    },
    DOWN: (_self, open) => ["noreply", { ...open, inside: open.inside - 1 }],
  },
  // #endregion
  // #region terminate
  *terminate(self, _reason, { listening, manager }) {
    close(self, listening);
    // Linked to us, it goes when we go. So wait until it has seen all off.
    try {
      yield* genServer.call(self, manager, "closeAll", FAREWELL_MS);
    } catch {
      // It is dead, or somebody does not go. We end all the same.
    }
  },
};
// #endregion
