import { application, type GenServer, type Process, type Self } from "#runtime";
import {
  accept,
  controllingProcess,
  type ListenSocket,
  listen,
} from "#runtime/net";
import { conversation } from "./conversation.ts";
import { DEFAULTS } from "./settings.ts";

export interface Listening {
  call: { port(): number };
}

// #region listener
/** Owns the listening socket. Without it there is no server. */
export const listener: GenServer<Listening, ListenSocket> = {
  name: "listener",
  *init(self) {
    const setting = <T>(key: string, otherwise: T) =>
      application.getEnv(self, "rores", key, otherwise) as T;
    const port = setting("port", DEFAULTS.port);
    const host = setting("hostname", DEFAULTS.hostname);
    const options = { host, packet: "line", active: false } as const;
    const result = yield* listen(self, port, options);
    if (result[0] === "error") return ["stop", ["listen", result[1]]];
    self.spawnLink(acceptor, result[1]);
    return ["ok", result[1]];
  },
  handleCall: {
    port: (_self, socket) => ["reply", socket.port, socket],
  },
};

function* acceptor(self: Self<never>, listening: ListenSocket): Process {
  const result = yield* accept(self, listening);
  if (result[0] === "error") return self.exit(["accept", result[1]]);
  const client = self.spawn(conversation, result[1]);
  controllingProcess(self, result[1], client);
  self.send(client, "yours");
  return acceptor(self, listening);
}
// #endregion
