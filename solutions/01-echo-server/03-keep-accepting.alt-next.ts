import type { Process, Self } from "#runtime";
import {
  accept,
  type ListenSocket,
  type Socket,
  send,
  type TcpMessage,
} from "#runtime/net";

/** Takes one connection, leaves the next to a new acceptor, and serves. */
export function* acceptor(
  self: Self<TcpMessage>,
  listening: ListenSocket,
): Process {
  const result = yield* accept(self, listening);
  if (result[0] === "error") return;
  const [, socket] = result;
  self.spawn(acceptor, listening);
  return serve(self, socket);
}

/** Sends back what comes, until the client leaves. */
function* serve(self: Self<TcpMessage>, socket: Socket): Process {
  let isOpen = true;
  while (isOpen) {
    isOpen = yield* self.receive({
      *tcp(_, data) {
        yield* send(self, socket, data);
        return true;
      },
      tcp_closed: () => false,
    });
  }
}
