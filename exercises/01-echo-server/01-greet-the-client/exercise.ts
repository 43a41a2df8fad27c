import type { Process, Self } from "#runtime";
import {
  accept,
  type ListenSocket,
  type Socket,
  send,
  type TcpMessage,
} from "#runtime/net";

export const GREETING = "Welcome. I repeat what you say.\n";

/** Takes one connection, leaves the next to a new acceptor, and serves. */
export function* acceptor(
  self: Self<TcpMessage>,
  listening: ListenSocket,
): Process {
  const result = yield* accept(self, listening);
  if (result[0] === "error") return;
  const [, socket] = result;
  self.spawn(acceptor, listening);
  // TODO(you): greet the client, once, before you listen to it.
  return echo(self, socket);
}

/** Sends back what comes, until the client leaves. */
function* echo(self: Self<TcpMessage>, socket: Socket): Process {
  return yield* self.receive({
    *tcp(_, data) {
      yield* send(self, socket, data);
      return echo(self, socket);
    },
    tcp_closed: () => undefined,
  });
}
